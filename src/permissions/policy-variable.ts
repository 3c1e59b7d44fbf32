import type { Gap } from './answer.js'
import { anyRun, type Glob, globOf, literalGlob } from './glob.js'
import { policyGap, type Scope } from './scope.js'

/**
 * A policy text with its variables filled in.
 * - `absent`: the request does not carry a variable that has no default.
 * - `unknown`: `widest` has `*` where a value is not known; what it does not match, no value can match.
 */
type Resolved =
  | { readonly state: 'known'; readonly glob: Glob }
  | { readonly state: 'absent'; readonly key: string }
  | { readonly state: 'unknown'; readonly widest: Glob; readonly gap: Gap }

/**
 * Fills in `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`. In policies of version
 * 2008-10-17 they are plain text. `wildcards` says whether `*` and `?` outside of variables are wildcards.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(text: string, scope: Scope, wildcards: boolean): Resolved {
  const plain = wildcards ? globOf : literalGlob
  if (scope.version === '2008-10-17' || !text.includes('${')) return { state: 'known', glob: plain(text) }
  const glob: Glob[number][] = []
  let gap: Gap | undefined
  let end = 0
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const value = variableValue((match[1] ?? '').trim(), scope)
    if (value.state === 'absent') return value
    if (value.state === 'unknown') gap ??= value.gap
    glob.push(...plain(text.slice(end, match.index)))
    glob.push(...(value.state === 'unknown' ? ([anyRun] as const) : literalGlob(value.text)))
    end = match.index + match[0].length
  }
  glob.push(...plain(text.slice(end)))
  return gap === undefined ? { state: 'known', glob } : { state: 'unknown', widest: glob, gap }
}

type Value =
  | { readonly state: 'known'; readonly text: string }
  | { readonly state: 'absent'; readonly key: string }
  | { readonly state: 'unknown'; readonly gap: Gap }

function variableValue(expression: string, scope: Scope): Value {
  if (['*', '?', '$'].includes(expression)) return { state: 'known', text: expression }
  const [, key, fallback] = /^([^,\s]+)(?:\s*,\s*'([^']*)')?$/.exec(expression) ?? []
  if (key === undefined) {
    const why = `${scope.layer} policy ${scope.policy}: the variable \${${expression}} is not understood`
    return { state: 'unknown', gap: policyGap(scope.layer, why) }
  }
  const fact = scope.fact(key)
  const isAbsent = fact.state === 'absent' || (fact.state === 'known' && fact.values.length === 0)
  if (isAbsent) return fallback === undefined ? { state: 'absent', key } : { state: 'known', text: fallback }
  const [text, ...others] = fact.state === 'known' ? fact.values : []
  // A key with several values cannot be used as a variable; what AWS makes of it is not documented.
  if (text !== undefined && others.length === 0) return { state: 'known', text }
  return { state: 'unknown', gap: { name: key, class: 'context' } }
}
