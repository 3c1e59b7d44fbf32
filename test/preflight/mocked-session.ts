import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetRoleCommand, IAMServiceException } from '@aws-sdk/client-iam'
import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { createClients } from '../../src/aws/clients.js'
import { systemClock } from '../../src/clock.js'

export const account = '111122223333'
export const roleArn = `arn:aws:iam::${account}:role/worker-role`
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/** A healthy world whose IAM has no simulator and shows no documents; the caller is `callerArn`. */
export async function mockedSession(callerArn: string, signal = new AbortController().signal) {
  const clients = await createClients({
    region: 'eu-central-1',
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mocks = {
    sts: mockClient(clients.sts),
    iam: mockClient(clients.iam),
    lambda: mockClient(clients.lambda),
    sqs: mockClient(clients.sqs),
    logs: mockClient(clients.logs),
  }
  mocks.sts
    .on(GetCallerIdentityCommand)
    .resolves({ Arn: callerArn, Account: callerArn.split(':')[4] ?? '', UserId: 'x' })
  mocks.iam.rejects(
    new IAMServiceException({ name: 'AccessDenied', $fault: 'client', message: 'no', $metadata: {} }),
  )
  const role = { RoleName: 'worker-role', Arn: roleArn, Path: '/', RoleId: 'x', CreateDate: new Date(0) }
  mocks.iam
    .on(GetRoleCommand, { RoleName: 'worker-role' })
    .resolves({ Role: { ...role, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) } })
  mocks.lambda
    .on(GetFunctionConfigurationCommand)
    .resolves({ FunctionName: 'worker', Role: roleArn, Timeout: 3 })
  mocks.lambda.on(GetFunctionConcurrencyCommand).resolves({})
  mocks.lambda.on(ListFunctionsCommand).resolves({ Functions: [] })
  mocks.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [] })
  mocks.sqs
    .on(GetQueueAttributesCommand)
    .resolves({ Attributes: { VisibilityTimeout: '30', SqsManagedSseEnabled: 'true' } })
  mocks.logs.on(FilterLogEventsCommand).resolves({ events: [] })
  return { session: { clients, clock: systemClock, signal }, mocks }
}
