import { GetPolicyCommand, GetPolicyVersionCommand, IAMServiceException } from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { createClients } from '../../src/aws/clients.js'
import { readManagedPolicy } from '../../src/aws/principal-policies.js'

const PolicyArn = 'arn:aws:iam::111122223333:policy/orders'
const fault = (name: string) =>
  new IAMServiceException({ name, $fault: 'client', message: 'no', $metadata: {} })

/** A policy with these versions; the others are gone. */
async function read(defaultVersion: string, versions: Readonly<Record<string, string>>) {
  const clients = await createClients({
    region: 'eu-central-1',
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mock = mockClient(clients.iam)
  mock.on(GetPolicyCommand).resolves({ Policy: { DefaultVersionId: defaultVersion } })
  mock.on(GetPolicyVersionCommand).rejects(fault('NoSuchEntity'))
  for (const [VersionId, Document] of Object.entries(versions)) {
    mock.on(GetPolicyVersionCommand, { PolicyArn, VersionId }).resolves({ PolicyVersion: { Document } })
  }
  const policy = readManagedPolicy(clients, PolicyArn)
  return { policy, calls: () => mock.commandCalls(GetPolicyVersionCommand).length }
}

describe('the default version of a managed policy', () => {
  it.each([
    ['the first, in one go', 'v1', { v1: 'first' }, 'first', 1],
    ['a later one, never the first in its place', 'v3', { v1: 'first', v3: 'third' }, 'third', 2],
    ['a later one, the first being gone', 'v7', { v7: 'seventh' }, 'seventh', 2],
  ])('is %s', async (_, defaultVersion, versions, document, requests) => {
    const { policy, calls } = await read(defaultVersion, versions)
    expect(await policy).toEqual({ name: PolicyArn, document })
    expect(calls()).toBe(requests)
  })

  it('that cannot be had is an error, whatever else could', async () => {
    const { policy } = await read('v2', { v1: 'first' })
    await expect(policy).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
