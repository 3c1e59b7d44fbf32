import type { RequestFacts } from '../../src/permissions/request.js'
import { arnGlob, type Filled, fill, plainGlob, plainText, valuesOf } from './two-valued-text.js'

export type Wanted = string | readonly string[]

interface Test {
  readonly operator: string
  readonly key: string
  readonly wanted: readonly string[]
}

export function holds({ operator, key, wanted }: Test, version: string, facts: RequestFacts): boolean {
  const values = valuesOf(facts[key])
  if (operator === 'Null') return wanted.includes(String(values.length === 0))
  const [, set = '', name = '', ifExists] = /^(?:(.*):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const negated = name.includes('Not')
  if (values.length === 0) return ifExists !== undefined || set === 'ForAllValues' || (set === '' && negated)
  const fits = (value: string) =>
    wanted.some((text) => isAlike(name.replace('Not', ''), value, fill(text, version, facts))) !== negated
  return set === 'ForAllValues' ? values.every(fits) : values.some(fits)
}

function isAlike(name: string, value: string, wanted: Filled | undefined): boolean {
  if (wanted === undefined) return false
  const text = plainText(wanted)
  switch (name) {
    case 'StringLike':
      return plainGlob(wanted).test(value)
    case 'ArnLike':
    case 'ArnEquals':
      return arnGlob(wanted).test(value)
    case 'StringEqualsIgnoreCase':
      return text.toLowerCase() === value.toLowerCase()
    case 'IpAddress':
      return isWithin(text, value)
    default:
      return /^(?:Numeric|Date)/.test(name) ? isOrdered(name, value, text) : text === value
  }
}

function isOrdered(name: string, value: string, wanted: string): boolean {
  const read = name.startsWith('Date') ? Date.parse : Number
  const difference = Math.sign(read(value) - read(wanted))
  const [, comparison = ''] = /(?:Numeric|Date)(.*)/.exec(name) ?? []
  const fitting: Readonly<Record<string, readonly number[]>> = {
    Equals: [0],
    LessThan: [-1],
    LessThanEquals: [-1, 0],
    GreaterThan: [1],
    GreaterThanEquals: [1, 0],
  }
  return fitting[comparison]?.includes(difference) ?? false
}

/** Ranges of IPv6 end at a colon in the requests made here. */
function isWithin(range: string, address: string): boolean {
  const [network = '', bits = '32'] = range.split('/')
  if (network.includes(':')) return address.startsWith(network.replace('::', ':'))
  if (address.includes(':')) return false
  const binary = (text: string) =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
      .slice(0, Number(bits))
  return binary(network) === binary(address)
}
