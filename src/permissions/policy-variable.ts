import type { Gap } from './answer.js'
import { clip } from './clip.js'
import { anyRun, type Glob, globOf, literalGlob } from './glob.js'
import { namePolicy } from './layer-names.js'
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
  const pieces: Glob[] = []
  let gap: Gap | undefined
  let end = 0
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', end)) {
    const close = text.indexOf('}', start)
    const value =
      close < 0 ? unclear(text.slice(start), scope) : variableValue(text.slice(start + 2, close), scope)
    if (value.state === 'absent') return value
    if (value.state === 'unknown') gap ??= value.gap
    pieces.push(plain(text.slice(end, start)), value.state === 'unknown' ? [anyRun] : literalGlob(value.text))
    end = close < 0 ? text.length : close + 1
  }
  pieces.push(plain(text.slice(end)))
  const glob = pieces.flat()
  return gap === undefined ? { state: 'known', glob } : { state: 'unknown', widest: glob, gap }
}

type Value =
  | { readonly state: 'known'; readonly text: string }
  | { readonly state: 'absent'; readonly key: string }
  | { readonly state: 'unknown'; readonly gap: Gap }

function variableValue(expression: string, scope: Scope): Value {
  if (['*', '?', '$'].includes(expression)) return { state: 'known', text: expression }
  const comma = expression.indexOf(',')
  const key = (comma < 0 ? expression : expression.slice(0, comma)).trim()
  const [, fallback] = comma < 0 ? [] : (/^'([^']*)'$/.exec(expression.slice(comma + 1).trim()) ?? [])
  const isClear = key !== '' && !/['{$]/.test(key) && (comma < 0 || fallback !== undefined)
  if (!isClear) return unclear(`\${${expression}}`, scope)
  const fact = scope.fact(key)
  const isAbsent = fact.state === 'absent' || (fact.state === 'known' && fact.values.length === 0)
  if (isAbsent) return fallback === undefined ? { state: 'absent', key } : { state: 'known', text: fallback }
  const [text, ...others] = fact.state === 'known' ? fact.values : []
  // A key with several values cannot be used as a variable; what AWS makes of it is not documented.
  if (text !== undefined && others.length === 0) return { state: 'known', text }
  return { state: 'unknown', gap: { name: key, class: 'context' } }
}

function unclear(variable: string, { layer, policy }: Scope): Value {
  const why = `${namePolicy(layer, policy)}: the variable ${clip(variable)} is not understood`
  return { state: 'unknown', gap: policyGap(layer, why) }
}
