import type { Gap } from './finding.js'

/** What an unknown leaves open, as a sentence and as data. */
export function tellGap(about: Gap): { readonly message: string; readonly gap: Gap } {
  // The evaluator begins its doubts so; here the sentence says it already.
  const reason = about.reason.replace(/^cannot decide: /, '')
  const { problem, permission } = about
  const settle = permission === null || reason.includes(permission) ? '' : `; ${permission} would settle it`
  return { message: `"${problem}" cannot be ruled out: ${reason}${settle}.`, gap: { ...about, reason } }
}
