import type { Clients } from '../../src/aws/clients.js'
import { createClients } from '../../src/aws/clients.js'
import type { Clock } from '../../src/clock.js'
import type { AuditRequest } from '../../src/fleet/audit/request.js'
import type { AuditResult } from '../../src/fleet/audit/results.js'
import { audit } from '../../src/fleet/audit.js'
import type { Sandbox } from '../../src/sandbox/start-sandbox.js'
import type { SeededFault } from '../support/big-world.js'
import { collect } from '../support/collect.js'

/** Clients of whoever the key names, for any Region. */
export const opening =
  (sandbox: Sandbox, accessKeyId = sandbox.adminCredentials.accessKeyId) =>
  (region: string | undefined): Promise<Clients> =>
    createClients({
      region: region ?? sandbox.region,
      endpointUrl: sandbox.endpoint,
      env: {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: 'never-verified',
        AWS_CONFIG_FILE: '/nowhere',
        AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      },
    })

/** A clock whose sleeps pass at once. */
export function jumpingClock(): Clock & { readonly slept: () => number } {
  let time = Date.UTC(2026, 10, 23, 12, 0, 0)
  let slept = 0
  return {
    now: () => time,
    sleep: async (ms) => {
      time += ms
      slept += ms
    },
    slept: () => slept,
  }
}

/** An audit of one account, over the real SDK and HTTP. */
export async function auditOf(
  sandbox: Sandbox,
  request: Partial<AuditRequest> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  const account = { profile: null, roleArn: null, name: null, regions: [], open: opening(sandbox) }
  const asked = { accounts: [account], ignore: [], ...request }
  return collect(audit(asked, { clock: jumpingClock(), signal }))
}

/** What objects or is unknown, as seeded faults are written; what is only worth knowing is left out. */
export function objections({ mappings }: AuditResult): readonly SeededFault[] {
  return mappings.flatMap(({ mapping, findings }) =>
    findings
      .filter(({ status, severity }) => status !== 'ignored' && severity !== 'info')
      .map(({ rule }) => ({ rule, queue: mapping.queueArn.split(':').at(-1) ?? '' })),
  )
}

export const sorted = (faults: readonly SeededFault[]) =>
  faults.map(({ rule, queue }) => `${queue} ${rule}`).toSorted()
