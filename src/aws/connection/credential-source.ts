/** Credentials as AWS hands them out; asked for again shortly before they expire. */
export type CredentialSource = () => Promise<{
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}>
