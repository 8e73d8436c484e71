"""Training of the relation scorer; run by hand (`make train`), never by the service, and not part of the wheel.

How the pieces fit, in the order in which they run:

- `train_scorer`: the command; reads the examples, trains, and writes the three files that `ingest.scorer` reads.
- `examples`: what all kinds of examples become, a `Passage`: a text, its names, and what is known of pairs of names.
- `public_sets`, `annotated`, `patterns`: where passages come from. Two public sets that do not ship, the sentences in
  `sentences/`, and those made from `patterns.yaml`; `lines` tells which line of which file cannot be used.
- `packing`: sets some passages apart to measure on, joins the others as news joins sentences, and makes batches.
- `encoding`, `network`, `fitting`: batches as tensors, the network, and its training.
- `measuring`, `exporting`: figures and temperatures on what was set apart, and the network as quantized ONNX.

What comes before `encoding` needs neither torch nor transformers, and is the same for the same seed on any machine.
"""
