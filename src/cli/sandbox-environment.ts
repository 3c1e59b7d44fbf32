/** What a program in the sandbox has to know, as every AWS SDK reads it. */
export interface SandboxAddress {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** The variables that lead a program to the sandbox. */
export function sandboxEnvironment({ endpoint, region, credentials }: SandboxAddress) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
}

/**
 * The environment of a child process: everything of AWS is taken out first, so that no profile, session token or
 * endpoint of one service leads it past the sandbox.
 * https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html
 */
export function insideSandbox(
  env: Readonly<Record<string, string | undefined>>,
  address: SandboxAddress,
): Record<string, string | undefined> {
  const outside = Object.entries(env).filter(
    ([name]) => !/^AWS_|^SQS_TRIGGER_(?:PROFILE|REGION|ENDPOINT_URL|CA_BUNDLE)$/.test(name),
  )
  return {
    ...Object.fromEntries(outside),
    ...sandboxEnvironment(address),
    // Nothing may be asked for credentials but the variables above.
    AWS_EC2_METADATA_DISABLED: 'true',
    // A proxy would be asked for the sandbox's address, and cannot reach it.
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  }
}
