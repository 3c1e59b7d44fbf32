import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import type { Clients } from '../clients.js'
import { answeredWithout } from '../not-aws.js'
import { send } from '../send.js'
import type { CredentialSource } from './credential-source.js'

/**
 * The credentials of a role that these clients may take. The SDK asks again before they expire.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * @throws SqsTriggerError ACCESS_DENIED where they may not
 */
export function credentialsOfRole(clients: Clients, roleArn: string): CredentialSource {
  let taken: { readonly asked: ReturnType<CredentialSource>; readonly until: number } | undefined
  return async () => {
    // Clients of many Regions share one session.
    if (taken === undefined || taken.until < Date.now()) {
      const asked = takeRole(clients, roleArn)
      taken = { asked, until: Number.POSITIVE_INFINITY }
      taken = { asked, until: (await asked).expiration.getTime() - renewBefore }
    }
    return taken.asked
  }
}

/** As long as the SDK takes to renew what it has. */
const renewBefore = 5 * 60_000

async function takeRole(clients: Clients, roleArn: string): ReturnType<CredentialSource> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'sqs-trigger' })
  const call = { service: 'sts', operation: 'AssumeRole' }
  const { Credentials } = await send(clients, call, () => clients.sts.send(command))
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
    throw answeredWithout(clients, 'STS', 'credentials')
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration ?? new Date(8.64e15),
  }
}
