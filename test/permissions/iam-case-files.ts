import { readFileSync } from 'node:fs'
import type { IamCase } from './iam-case.js'
import { type ShortCase, wholeCase } from './short-case.js'

/** The cases written in full, and those that say only how they differ from the usual. */
export function allCases(): readonly IamCase[] {
  return [...(read('iam-cases.json') as readonly IamCase[]), ...shortCases().map(wholeCase)]
}

// The shapes are those of files in this folder, which only people change.
export function shortCases(): readonly ShortCase[] {
  return read('more-cases.json') as readonly ShortCase[]
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`./${file}`, import.meta.url), 'utf8'))
}
