export interface EnvironmentKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** undefined: the environment holds none, or only half of a key. */
export function environmentKeysIn(
  env: Readonly<Record<string, string | undefined>>,
): EnvironmentKeys | undefined {
  const accessKeyId = nonEmpty(env.AWS_ACCESS_KEY_ID)
  const secretAccessKey = nonEmpty(env.AWS_SECRET_ACCESS_KEY)
  const sessionToken = nonEmpty(env.AWS_SESSION_TOKEN)
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return sessionToken === undefined
    ? { accessKeyId, secretAccessKey }
    : { accessKeyId, secretAccessKey, sessionToken }
}

const nonEmpty = (text: string | undefined) => (text === undefined || text === '' ? undefined : text)
