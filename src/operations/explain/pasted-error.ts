/** An answer of AWS as it stands in a text that someone pasted; null where the text does not say. */
export interface PastedError {
  /** Whose words stood around it; null: nobody's that are known. */
  readonly wrapper: 'cloudformation' | 'terraform' | 'aws-cli' | null
  /** IAM's prefix of the service. */
  readonly service: string | null
  readonly operation: string | null
  /** Name of AWS's error. */
  readonly code: string | null
  /** What AWS said, as far as it can be told from what stands around it. */
  readonly message: string
  readonly httpStatus: number | null
  readonly requestId: string | null
}
