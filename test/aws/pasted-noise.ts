import fc from 'fast-check'

const requestId = '1a2b3c4d-1111-4222-8333-444455556666'

/** An answer of AWS, as the three tools and a program that prints the name print it. */
export type Wrapping = (answer: {
  readonly service: string
  readonly operation: string
  readonly name: string
  readonly text: string
}) => string

const titles: Readonly<Record<string, string>> = { lambda: 'Lambda', sqs: 'SQS', iam: 'IAM', kms: 'KMS' }
const titleOf = (service: string) => titles[service] ?? service

export const wrappings: Readonly<Record<string, Wrapping>> = {
  CloudFormation: ({ service, name, text }) =>
    `Resource handler returned message: "Invalid request provided: ${text} (Service: ${titleOf(service)}; Status Code: 400; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)" (RequestToken: 5e6f7a8b-1111-4222-8333-444455556666, HandlerErrorCode: InvalidRequest)`,
  Terraform: ({ service, operation, name, text }) =>
    `operation error ${titleOf(service)}: ${operation}, https response error StatusCode: 400, RequestID: ${requestId}, ${name}: ${text}`,
  'aws-cli': ({ operation, name, text }) =>
    `An error occurred (${name}) when calling the ${operation} operation: ${text}`,
  'the name': ({ name, text }) => `${name}: ${text}`,
}

type Change = (lines: readonly string[]) => readonly string[]

const each =
  (change: (line: string) => string): Change =>
  (lines) =>
    lines.map(change)
const stay: Change = (lines) => lines

/** Breaks wherever the line is full; an editor loses the blanks at the ends. */
const brokenAt = (width: number, blanks: boolean): Change => {
  const pieces = new RegExp(`.{1,${width}}`, 'g')
  return (lines) =>
    lines.flatMap((line) => line.match(pieces) ?? []).map((line) => (blanks ? line : line.trim()))
}

/** Breaks before the word that does not fit. */
const filledTo =
  (width: number): Change =>
  (lines) =>
    lines.flatMap((line) => line.match(new RegExp(`(?! ).{1,${width}}(?= |$)|\\S+`, 'g')) ?? [])

const width = fc.integer({ min: 40, max: 120 })
const quoted = fc.constantFrom<Change>(
  stay,
  each((line) => `"${line}"`),
  each((line) => `'${line}'`),
  each((line) => JSON.stringify(line)),
  each((line) => JSON.stringify({ level: 'error', msg: line })),
)
const broken = fc.oneof(
  fc.constant(stay),
  fc.tuple(width, fc.boolean()).map(([columns, blanks]) => brokenAt(columns, blanks)),
  width.map(filledTo),
)
const around = fc.constantFrom<Change>(
  stay,
  (lines) => ['╷', ...lines.map((line) => `│ ${line}`), '╵'],
  (lines) => [
    '╷',
    ...lines.map((line) => `│ ${line}`),
    '│ ',
    '│   with aws_lambda_event_source_mapping.orders,',
    '╵',
  ],
  each((line) => `\u001b[31m${line}\u001b[0m`),
  each((line) => `\u001b[31m│\u001b[0m \u001b[0m${line}`),
  each((line) => `2026-11-23T10:00:01.123Z ERROR ${line}`),
  each((line) => `2026-11-23T10:00:01.123Z\t${requestId}\tERROR\t${line}`),
  each((line) => `[ERROR] ${line}`),
  each((line) => `10:00:01 | CREATE_FAILED | ${line}`),
  (lines) => [
    '2026-11-23 10:00:00 INFO deploying',
    ...lines.map((line) => `2026-11-23 10:00:01 ERROR ${line}`),
  ],
  each((line) => `    ${line}`),
)

/** What may stand around a text, and become of its lines, on the way to whoever pastes it. */
export const noise = fc.tuple(quoted, broken, around).map(
  ([quote, cut, frame]) =>
    (text: string) =>
      frame(cut(quote([text]))).join('\n'),
)
