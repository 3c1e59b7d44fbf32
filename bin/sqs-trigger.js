#!/usr/bin/env node
// A shell that completes a word waits for this: it gets a bundle that holds nothing else.
require(process.argv[2] === '__complete' ? '../dist/complete.cjs' : '../dist/main.cjs')
