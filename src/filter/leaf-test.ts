import { operators } from './operators.js'
import { fieldsOf, type Holds, isTaggedObject, type TaggedJson } from './tagged-json.js'

/** One alternative in the array of a field. */
export interface LeafTest {
  /** True for `{"exists": false}`: it holds when the field has no value at all. */
  readonly wantsAbsence: boolean
  readonly holds: Holds
  /** As it was written, for sentences. */
  readonly written: TaggedJson
  /** The operator as written, where EventBridge has it but Lambda does not list it. */
  readonly unlisted?: string
}

const listed = ['prefix', 'suffix', 'equals-ignore-case', 'numeric', 'anything-but']

/**
 * One element of a field's array: a value to be equal to, or an object with one operator. `undefined` when it
 * is neither. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function readLeafTest(element: TaggedJson): LeafTest | undefined {
  if (Array.isArray(element)) return undefined
  if (!isTaggedObject(element))
    return { wantsAbsence: false, holds: (leaf) => leaf === element, written: element }
  const [only, ...others] = fieldsOf(element)
  if (only === undefined || others.length > 0) return undefined
  const [name, operand] = only
  if (name === 'exists') {
    if (typeof operand !== 'boolean') return undefined
    return { wantsAbsence: !operand, holds: () => operand, written: element }
  }
  const holds = Object.hasOwn(operators, name) ? operators[name]?.(operand) : undefined
  if (holds === undefined) return undefined
  const isListed = listed.includes(name) && !isTaggedObject(operand)
  return {
    wantsAbsence: false,
    holds,
    written: element,
    ...(isListed ? {} : { unlisted: nameOf(name, operand) }),
  }
}

function nameOf(name: string, operand: TaggedJson): string {
  const [nested] = isTaggedObject(operand) ? fieldsOf(operand) : []
  return nested === undefined ? name : `${name} ${nested[0]}`
}
