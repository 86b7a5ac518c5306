// Small file systems for a studio's data. They need the rights to mount; tests skip without them.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A mounted file system. */
export class Disk {
  private constructor(
    private readonly folder: string,
    /** Where it is mounted. */
    readonly path: string,
  ) {}

  /** Whether this user may mount anything. */
  static get isPossible(): boolean {
    return process.platform === 'linux' && process.getuid?.() === 0;
  }

  /** A file system in memory of a few megabytes. */
  static small(megabytes: number): Disk {
    const disk = Disk.empty();
    sh(`mount -t tmpfs -o size=${megabytes}m attune "$1"`, disk.path);
    return disk;
  }

  /** A disk that turns read-only by itself when it finds an error. */
  static failing(): Disk {
    const disk = Disk.empty();
    const image = join(disk.folder, 'image');
    sh('dd if=/dev/zero of="$1" bs=1M count=32 status=none && mkfs.ext4 -q -F "$1"', image);
    sh(`mount -o loop,errors=remount-ro "${image}" "$1"`, disk.path);
    return disk;
  }

  private static empty(): Disk {
    const folder = mkdtempSync(join(tmpdir(), 'attune-disk-'));
    const path = join(folder, 'disk');
    mkdirSync(path);
    return new Disk(folder, path);
  }

  /** The folder for a studio's data. */
  get dataFolder(): string {
    return join(this.path, 'data');
  }

  /** Takes all the room there is. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.path);
    try {
      writeFileSync(join(this.path, 'filler'), Buffer.alloc(bavail * bsize, 'x'));
    } catch {
      // What fits is written.
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(join(this.path, 'filler'));
  }

  /** Lets the disk find an error: from now on it is read-only. */
  fail(): void {
    try {
      sh('echo 1 > /sys/fs/ext4/$(basename $(findmnt -n -o SOURCE "$1"))/trigger_fs_error', this.path);
    } catch {
      // The file system answers with the very error it was asked for.
    }
  }

  /** Repairs the disk and mounts it again; nothing may use it meanwhile. */
  repair(): void {
    sh('umount "$1"', this.path);
    const image = join(this.folder, 'image');
    sh('e2fsck -fy "$1" > /dev/null 2>&1 || test $? -lt 4', image);
    sh(`mount -o loop "${image}" "$1"`, this.path);
  }

  /** Unmounts and removes it. */
  dispose(): void {
    sh('umount "$1"', this.path);
    rmSync(this.folder, { recursive: true });
  }
}

function sh(script: string, path: string): void {
  execFileSync('sh', ['-c', script, 'sh', path], { stdio: 'pipe' });
}
