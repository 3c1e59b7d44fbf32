import { createClients } from '../../src/aws/clients.js'
import type { Session } from '../../src/operations/session.js'
import { buildDemoWorld } from '../../src/sandbox/demo-world.js'
import { awsDelays } from '../../src/sandbox/world.js'
import { startTestSandbox } from '../support/sandbox.js'

/** Operations on the sandbox, over HTTP and through the real clients. Sleeping moves the sandbox's clock. */
export async function begin() {
  const sandbox = await startTestSandbox({ delays: awsDelays })
  await buildDemoWorld(sandbox, { visibilityTimeoutSeconds: 60, maxReceiveCount: 1 })
  const { accessKeyId, secretAccessKey } = sandbox.adminCredentials
  const clients = await createClients({
    region: sandbox.region,
    endpointUrl: sandbox.endpoint,
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  })
  const session: Session = {
    clients,
    clock: {
      now: () => sandbox.world.clock.now(),
      sleep: async (ms) => {
        await sandbox.advance(ms)
        await sandbox.settled()
      },
    },
    signal: new AbortController().signal,
  }
  return { sandbox, session }
}
