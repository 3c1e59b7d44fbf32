import { type MessageAttribute, refusedAttribute } from '../../message-attributes.js'
import { quoted, usageError } from '../usage-error.js'
import { list } from './options.js'

export const attributeOption = list({
  summary: 'attribute of each message; name:Number=6 or name:Binary=<base64> for other types than String',
  group: 'Message',
  placeholder: 'name=value',
  free: true,
})

/**
 * Message attributes as they were typed. A name holds no colon, so that a type may follow one.
 * @throws SqsTriggerError USAGE for what SQS is certain to refuse
 */
export function readAttributes(typed: readonly string[]): readonly MessageAttribute[] {
  const attributes = typed.map((pair) => {
    const [, name, type = 'String', value] = /^([^:=]*)(?::([^=]*))?=(.*)$/s.exec(pair) ?? []
    if (name === undefined || value === undefined)
      throw usageError(
        `--attribute takes name=value, not ${quoted(pair)}`,
        'for example: --attribute tenant=7, or --attribute attempts:Number=3',
      )
    return { name, type, value }
  })
  const refused = refusedAttribute(attributes)
  if (refused !== undefined) throw usageError(`--attribute: ${refused}`)
  return attributes
}
