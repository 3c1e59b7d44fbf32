import { refusedCharacter } from './message-body.js'

/** One attribute of a message. A type may carry a label of one's own: `Number.int`. */
export interface MessageAttribute {
  readonly name: string
  readonly type: string
  /** Of a Binary: Base64. */
  readonly value: string
}

/**
 * Why SQS is certain to refuse these attributes, as a sentence; undefined: nothing speaks against them.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function refusedAttribute(attributes: readonly MessageAttribute[]): string | undefined {
  if (attributes.length > most) return `A message takes ${most} attributes, not ${attributes.length}.`
  const names = attributes.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return `The attribute ${twice} is given twice.`
  return attributes.map(refusedOne).find((reason) => reason !== undefined)
}

/** The size of attributes as SQS counts it: name, type and value belong to the message. */
export const attributeBytes = (attributes: readonly MessageAttribute[]) =>
  attributes.reduce(
    (bytes, { name, type, value }) => bytes + Buffer.byteLength(name + type) + valueBytes(type, value),
    0,
  )

export const isBinary = (type: string) => /^Binary(?:\.|$)/.test(type)

const most = 10

function refusedOne({ name, type, value }: MessageAttribute): string | undefined {
  if (!/^(?!.*\.\.)[\w-](?:[\w.-]{0,254}[\w-])?$/.test(name))
    return `${name === '' ? 'An empty text' : name} is no name of an attribute: it takes up to 256 letters, digits, _ - and single dots within.`
  if (/^(?:aws|amazon)\./i.test(name)) return `The name ${name} is reserved: it begins with AWS. or Amazon.`
  if (!/^(?:String|Number|Binary)(?:\.[\w.-]+)?$/.test(type))
    return `The type ${type} of attribute ${name} is none of String, Number and Binary.`
  if (value === '') return `The attribute ${name} is empty; SQS takes no empty value.`
  if (/^Number/.test(type) && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
    return `The attribute ${name} is a Number, and ${value} is no number.`
  if (isBinary(type) && Buffer.from(value, 'base64').toString('base64') !== value)
    return `The attribute ${name} is Binary: its value has to be Base64.`
  const refused = isBinary(type) ? undefined : refusedCharacter(value)
  return refused && `The attribute ${name} holds the character ${refused.name}, which SQS refuses.`
}

const valueBytes = (type: string, value: string) =>
  isBinary(type) ? Buffer.from(value, 'base64').length : Buffer.byteLength(value)
