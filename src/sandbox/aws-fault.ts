/**
 * An error as AWS sends it. Protocols turn it into the wire form of their service.
 * `recorded: false` marks a text that nobody has recorded from AWS: the answer then carries the header
 * `x-sqs-trigger-sandbox: unrecorded-text`, and no test may assert on the text.
 */
export class AwsFault extends Error {
  readonly code: string
  readonly status: number
  /** SQS only: the code of the old query protocol, sent as x-amzn-query-error. */
  readonly queryCode: string | undefined
  readonly recorded: boolean
  /** Further members of the error body, e.g. Reason. */
  readonly members: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    message: string,
    options: {
      readonly status?: number
      readonly queryCode?: string
      readonly recorded?: boolean
      readonly members?: Readonly<Record<string, string>>
      readonly headers?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(message)
    this.name = 'AwsFault'
    this.code = code
    this.status = options.status ?? 400
    this.queryCode = options.queryCode
    this.recorded = options.recorded ?? true
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }
}
