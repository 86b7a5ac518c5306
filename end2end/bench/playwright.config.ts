import base from '../playwright.config.ts';

// One page at a time, in a fresh browser each: what is measured shares the machine with nothing.
export default {
  ...base,
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../test-results/bench',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
};
