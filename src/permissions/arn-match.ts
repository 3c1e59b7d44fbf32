import { anyRun, type Glob, matchesGlob, splitGlobAtColons } from './glob.js'

const arnParts = 6

/**
 * Compares part by part, as ArnEquals and ArnLike do: a wildcard stays within its part, except in the last,
 * where it also covers colons. A pattern with fewer parts may end in `*`, which then covers all that follows.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function matchesArnByParts(glob: Glob, arn: string): boolean {
  const patterns = splitGlobAtColons(glob, arnParts)
  const openEnded = patterns.length < arnParts && glob.at(-1) === anyRun
  const texts = splitText(arn, openEnded ? patterns.length : arnParts)
  return (
    patterns.length === texts.length &&
    patterns.every((pattern, position) => matchesGlob(pattern, texts[position] ?? ''))
  )
}

function splitText(text: string, limit: number): readonly string[] {
  const pieces = text.split(':')
  if (pieces.length <= limit) return pieces
  return [...pieces.slice(0, limit - 1), pieces.slice(limit - 1).join(':')]
}

/** Whether the pattern has all six parts of an ARN, so that comparing by parts is well defined. */
export function isArnPattern(glob: Glob): boolean {
  const patterns = splitGlobAtColons(glob, arnParts)
  return patterns.length === arnParts && matchesGlob(patterns[0] ?? [], 'arn')
}
