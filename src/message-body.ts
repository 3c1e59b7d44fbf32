/** The body of a test message unless another is given; the token is what its traces are recognised by. */
export function testMessageBody(token: string): string {
  return JSON.stringify({ 'sqs-trigger': { test: token } })
}

/** The size of a body as SQS counts it. */
export function bodyBytes(body: string): number {
  return Buffer.byteLength(body, 'utf8')
}

/** The first character of a body that SQS refuses, as `U+0000`, and its position; undefined: it takes them all. */
export function refusedCharacter(
  body: string,
): { readonly name: string; readonly position: number } | undefined {
  const found = forbidden.exec(body)
  if (found === null) return undefined
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { name: `U+${code}`, position: found.index }
}

/**
 * Everything but #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF; lone surrogates are refused, too.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
