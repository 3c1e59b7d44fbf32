import { mockClient } from 'aws-sdk-client-mock'
import { createClients } from '../../src/aws/clients.js'

/** Clients that reach nobody, and their mocks. Shared config of the machine is not looked at. */
export async function mockedClients(region = 'eu-central-1') {
  const clients = await createClients({
    region,
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mocks = {
    sts: mockClient(clients.sts),
    iam: mockClient(clients.iam),
    lambda: mockClient(clients.lambda),
    sqs: mockClient(clients.sqs),
    kms: mockClient(clients.kms),
  }
  return { clients, mocks }
}
