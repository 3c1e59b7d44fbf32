import { limits } from '../../limits.js'
import type { CommandContext } from '../command-context.js'
import { typedLine } from '../typed-line.js'
import { usageError } from '../usage-error.js'
import { namedBy, type TextSource, textOf, textOfFile } from './bounded-text.js'

interface Given {
  /** `-` is standard input. */
  readonly body?: string | undefined
  /** Path of a file whose text is the body; `-` is standard input. */
  readonly bodyFile?: string | undefined
}

/**
 * The body of a message as it was given; undefined: it was not.
 * @throws SqsTriggerError USAGE for what cannot be read, is too large for any queue, or is no text
 */
export async function messageBody(
  { body, bodyFile }: Given,
  { host, streams }: Pick<CommandContext, 'host' | 'streams'>,
): Promise<string | undefined> {
  if (body !== undefined && bodyFile !== undefined)
    throw usageError('--body and --body-file contradict each other', 'give one of them')
  if (body === '') throw usageError('--body is empty; SQS takes no empty message')
  if (body !== '-' && bodyFile === undefined) return body
  if (body === '-' || bodyFile === '-') {
    const flag = body === '-' ? '--body -' : '--body-file -'
    if (streams.stdin.isTTY)
      throw usageError(
        `${flag} reads standard input, which is a terminal`,
        `${typedLine(host.argv, {})} < message.json`,
      )
    return bodyOf(textOf(streams.stdin, sourceOf(flag)), flag)
  }
  const named = namedBy('--body-file', bodyFile ?? '')
  return bodyOf(textOfFile(bodyFile ?? '', sourceOf(named)), named)
}

async function bodyOf(reading: Promise<string>, named: string): Promise<string> {
  const body = await reading
  if (body === '') throw usageError(`${named} is empty; SQS takes no empty message`)
  return body
}

const mostBytes = limits.messageBodyMaximum.value

/** No more is read than a message can hold. */
const sourceOf = (named: string): TextSource => ({
  named,
  mostBytes,
  most: `${mostBytes} bytes, the most that any queue takes`,
  encode: 'encode binary data, for example as Base64',
})
