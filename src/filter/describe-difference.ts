import { shown } from '../shown.js'
import type { LeafTest } from './leaf-test.js'
import {
  isTaggedObject,
  numberOf,
  stringOf,
  type TaggedJson,
  type TaggedLeaf,
  textOf,
} from './tagged-json.js'

/** A value as it is written in JSON; long ones are cut, objects and arrays only named. */
export function valueText(value: TaggedJson): string {
  const text = stringOf(value)
  if (text !== undefined) return shown(text)
  if (Array.isArray(value)) return 'an array'
  const written = textOf(value)
  return written.length > 80 ? `${written.slice(0, 79)}…` : written
}

/**
 * `"refund"; the filter wants "order"`, with what makes two values differ that look alike.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function describeDifference(leaf: TaggedLeaf, tests: readonly LeafTest[], wanted: string): string {
  const values = tests.flatMap(({ written }) => (isTaggedObject(written) ? [] : [written]))
  const text = stringOf(leaf)
  const number = numberOf(leaf)
  const plain = `${valueText(leaf)}; the filter wants ${wanted}`
  if (number !== undefined) {
    const same = values.filter((value) => numberOf(value) === number)
    if (same.length > 0) return `${plain}: numbers are compared as they are written`
    const asText = values.some((value) => stringOf(value) === textOf(leaf))
    if (asText || tests.some(({ written }) => comparesText(written)))
      return `the number ${valueText(leaf)}; the filter wants ${wanted}, and a number is no text`
  }
  if (text !== undefined) {
    const asNumber = values.some((value) => numberOf(value) !== undefined && textOf(value) === text)
    if (asNumber || tests.some(({ written }) => operatorOf(written) === 'numeric'))
      return `the text ${valueText(leaf)}; the filter wants ${wanted}, and a text is no number`
    const others = values.flatMap((value) => stringOf(value) ?? [])
    if (others.some((other) => other.toLowerCase() === text.toLowerCase()))
      return `${plain}: upper and lower case differ`
    if (others.some((other) => other.normalize() === text.normalize()))
      return `${plain}: they look alike, but their characters differ`
  }
  return plain
}

function operatorOf(written: TaggedJson): string | undefined {
  return isTaggedObject(written) ? Object.keys(written)[0]?.slice(1) : undefined
}

function comparesText(written: TaggedJson): boolean {
  return ['prefix', 'suffix', 'equals-ignore-case'].includes(operatorOf(written) ?? '')
}
