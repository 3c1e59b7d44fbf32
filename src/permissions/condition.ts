import { type Answer, all, any, fromBoolean, no, not, unknown, yes } from './answer.js'
import { clip } from './clip.js'
import { type ConditionOperator, conditionOperator } from './condition-operators.js'
import { hasWildcard } from './glob.js'
import type { ConditionTest } from './policy.js'
import { resolveVariables } from './policy-variable.js'
import type { RequestFact } from './request.js'
import { notUnderstood, type Scope } from './scope.js'

/** An operator as a policy writes it: `ForAllValues:StringNotEqualsIfExists`. */
interface WrittenOperator {
  readonly set: 'any' | 'all' | undefined
  readonly ifExists: boolean
  readonly operator: ConditionOperator
}

/** All tests of a Condition must hold; a statement without one always applies. */
export function matchConditions(tests: readonly ConditionTest[], scope: Scope): Answer {
  return all(tests.map((test) => matchCondition(test, scope)))
}

function matchCondition(test: ConditionTest, scope: Scope): Answer {
  const fact = withoutEmptiness(scope.fact(test.key))
  if (test.operator.toLowerCase() === 'null') return matchNull(test, fact, scope)
  const written = readOperator(test.operator)
  if (written === undefined)
    return notUnderstood(scope, `condition operator ${clip(test.operator)} is not known`)
  switch (fact.state) {
    case 'unknown':
      return unknown({ name: test.key, class: 'context' })
    case 'absent':
      return holdsWithoutKey(written, test, scope)
    case 'foreign':
      return matchForeign(test, written, scope)
    case 'known':
      return matchValues(test, written, fact.values, scope)
  }
}

const sets: Readonly<Record<string, 'any' | 'all'>> = { foranyvalue: 'any', forallvalues: 'all' }

function readOperator(name: string): WrittenOperator | undefined {
  const [, set, base = '', ifExists] =
    /^(?:(foranyvalue|forallvalues):)?(\w+?)(ifexists)?$/.exec(name.toLowerCase()) ?? []
  const operator = conditionOperator(base)
  if (operator === undefined) return undefined
  return { set: sets[set ?? ''], ifExists: ifExists !== undefined, operator }
}

/** IAM does not tell a key without values from a key that is not there. */
function withoutEmptiness(fact: RequestFact): RequestFact {
  return fact.state === 'known' && fact.values.length === 0 ? { state: 'absent' } : fact
}

/**
 * A negated operator holds when its key is absent; people often expect the opposite. ForAnyValue does not hold
 * without a value, IfExists does; together they were seen not to hold, which AWS does not document.
 * https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w
 */
function holdsWithoutKey(written: WrittenOperator, test: ConditionTest, scope: Scope): Answer {
  const { set, ifExists, operator } = written
  if (set === 'any' && ifExists)
    return unclear(`whether ${test.operator} holds without ${clip(test.key)}`, scope)
  return fromBoolean(ifExists || set === 'all' || (set === undefined && operator.negated))
}

function unclear(what: string, scope: Scope): Answer {
  return notUnderstood(scope, `${what} is not documented`)
}

/** `"true"` wants the key absent, `"false"` wants it present. */
function matchNull(test: ConditionTest, fact: RequestFact, scope: Scope): Answer {
  return any(
    test.values.map((value) => {
      const wanted = value.toLowerCase()
      if (wanted !== 'true' && wanted !== 'false')
        return notUnderstood(scope, `Null cannot compare ${clip(test.key)} with ${clip(value)}`)
      if (fact.state === 'unknown' || fact.state === 'foreign')
        return unknown({ name: test.key, class: 'context' })
      return fromBoolean((fact.state === 'absent') === (wanted === 'true'))
    }),
  )
}

/** The value is none that a customer would write down, if the key is there at all. */
function matchForeign(
  test: ConditionTest,
  { set, ifExists, operator }: WrittenOperator,
  scope: Scope,
): Answer {
  const literal = test.values.every((value) => {
    const resolved = operator.kind === 'text' && resolveVariables(value, scope, operator.wildcards)
    return resolved !== false && resolved.state === 'known' && !hasWildcard(resolved.glob)
  })
  if (!literal || ifExists || set === 'all') return unknown({ name: test.key, class: 'context' })
  if (set === 'any' && operator.negated) return unknown({ name: test.key, class: 'context' })
  return fromBoolean(operator.negated)
}

function matchValues(
  test: ConditionTest,
  { set, operator }: WrittenOperator,
  actual: readonly string[],
  scope: Scope,
): Answer {
  const holdsFor = (value: string) => {
    const some = any(test.values.map((wanted) => compare(operator, value, wanted, test, scope)))
    return operator.negated ? not(some) : some
  }
  if (set === undefined) {
    const [only, ...others] = actual
    if (only !== undefined && others.length === 0) return holdsFor(only)
    return notUnderstood(scope, `${clip(test.key)} has several values, and ${test.operator} is for one`)
  }
  const answers = actual.map(holdsFor)
  const answer = set === 'all' ? all(answers) : any(answers)
  // AWS calls an empty string an empty set, of which ForAllValues holds and ForAnyValue does not.
  const ofEmptySet = set === 'all' ? 'yes' : 'no'
  if (answer.value === ofEmptySet || actual.some((value) => value !== '')) return answer
  return unclear(`whether ${test.operator} holds for an empty ${clip(test.key)}`, scope)
}

function compare(
  operator: ConditionOperator,
  actual: string,
  wanted: string,
  test: ConditionTest,
  scope: Scope,
): Answer {
  if (operator.kind === 'scalar') return settled(operator.compare(actual, wanted), wanted, test, scope)
  const resolved = resolveVariables(wanted, scope, operator.wildcards)
  switch (resolved.state) {
    case 'known':
      return settled(operator.compare(actual, resolved.glob), wanted, test, scope)
    case 'unknown':
      return operator.compare(actual, resolved.widest) === false ? no : unknown(resolved.gap)
    case 'absent':
      // The statement may then hold nothing at all; for a negated test that is not the same as `no`.
      return operator.negated ? unknown({ name: resolved.key, class: 'context' }) : no
  }
}

function settled(result: boolean | undefined, wanted: string, test: ConditionTest, scope: Scope): Answer {
  if (result !== undefined) return result ? yes : no
  return notUnderstood(scope, `${test.operator} cannot compare ${clip(test.key)} with ${clip(wanted)}`)
}
