import { isArnPattern, matchesArnByParts } from './arn-match.js'
import { type Glob, hasWildcard, matchesGlob } from './glob.js'
import { readInstant } from './instant.js'
import { isInRange } from './ip-range.js'

/** `undefined`: the two cannot be compared, so that what IAM makes of them is not known. */
type Comparison = boolean | undefined

/**
 * How one operator compares one value of the request with one value of the policy. `negated` operators hold
 * when no value of the policy compares. `text` operators take policy variables, `scalar` ones do not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export type ConditionOperator =
  | {
      readonly kind: 'text'
      readonly negated: boolean
      readonly wildcards: boolean
      readonly compare: (actual: string, wanted: Glob) => Comparison
    }
  | {
      readonly kind: 'scalar'
      readonly negated: boolean
      readonly compare: (actual: string, wanted: string) => Comparison
    }

/** The operator of that name in lower case, without ForAnyValue, ForAllValues and IfExists. Null is not one. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  return Object.hasOwn(operators, name) ? operators[name] : undefined
}

const operators: Readonly<Record<string, ConditionOperator>> = {
  ...textPair('string', 'equals', false, (actual, wanted) => matchesGlob(wanted, actual)),
  ...textPair('string', 'equalsignorecase', false, equalsIgnoringCase),
  ...textPair('string', 'like', true, (actual, wanted) => matchesGlob(wanted, actual)),
  ...textPair('arn', 'equals', true, compareArns),
  ...textPair('arn', 'like', true, compareArns),
  ...orderings('numeric', readNumber),
  ...orderings('date', readInstant),
  bool: { kind: 'scalar', negated: false, compare: compareBooleans },
  binaryequals: { kind: 'scalar', negated: false, compare: compareBinary },
  ipaddress: { kind: 'scalar', negated: false, compare: isInRange },
  notipaddress: { kind: 'scalar', negated: true, compare: isInRange },
}

function textPair(
  family: string,
  verb: string,
  wildcards: boolean,
  compare: (actual: string, wanted: Glob) => Comparison,
): Readonly<Record<string, ConditionOperator>> {
  return {
    [family + verb]: { kind: 'text', negated: false, wildcards, compare },
    [`${family}not${verb}`]: { kind: 'text', negated: true, wildcards, compare },
  }
}

function orderings(
  family: string,
  read: (text: string) => number | undefined,
): Readonly<Record<string, ConditionOperator>> {
  const scalar = (
    holds: (actual: number, wanted: number) => boolean,
    negated = false,
  ): ConditionOperator => ({
    kind: 'scalar',
    negated,
    compare: (actual, wanted) => {
      const [left, right] = [read(actual), read(wanted)]
      return left === undefined || right === undefined ? undefined : holds(left, right)
    },
  })
  return {
    [`${family}equals`]: scalar((actual, wanted) => actual === wanted),
    [`${family}notequals`]: scalar((actual, wanted) => actual === wanted, true),
    [`${family}lessthan`]: scalar((actual, wanted) => actual < wanted),
    [`${family}lessthanequals`]: scalar((actual, wanted) => actual <= wanted),
    [`${family}greaterthan`]: scalar((actual, wanted) => actual > wanted),
    [`${family}greaterthanequals`]: scalar((actual, wanted) => actual >= wanted),
  }
}

function equalsIgnoringCase(actual: string, wanted: Glob): boolean {
  const lower = wanted.map((token) => (typeof token === 'string' ? token.toLowerCase() : token))
  return matchesGlob(lower, actual.toLowerCase())
}

/** The Arn operators want ARNs on both sides; with something else, only a plain mismatch is certain. */
function compareArns(actual: string, wanted: Glob): Comparison {
  if (isArnPattern(wanted) && actual.startsWith('arn:')) return matchesArnByParts(wanted, actual)
  return matchesGlob(wanted, actual) && hasWildcard(wanted) ? undefined : matchesGlob(wanted, actual)
}

function readNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined
  const number = Number(text)
  // Beyond, different texts come to the same number.
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined
}

function compareBooleans(actual: string, wanted: string): Comparison {
  const [left, right] = [actual.toLowerCase(), wanted.toLowerCase()]
  return [left, right].every((text) => text === 'true' || text === 'false') ? left === right : undefined
}

function compareBinary(actual: string, wanted: string): Comparison {
  if (![actual, wanted].every((text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text))) return undefined
  return Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'))
}
