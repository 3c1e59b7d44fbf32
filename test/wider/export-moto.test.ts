import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostile } from '../export/export-worlds.js'
import { findMoto, type Moto, startMoto } from '../support/moto.js'
import { sqsTrigger } from '../support/run-command.js'

const moto = await findMoto()
const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }

/**
 * Another implementation of CloudFormation deploys what was exported. It makes mappings, and passes over the policies of
 * roles, which it does not know as resources of their own.
 */
describe.skipIf(!moto)(`on moto_server (${moto ? 'found' : 'skipped: moto_server is not on PATH'})`, () => {
  let server: Moto
  beforeAll(async () => {
    server = await startMoto(moto ?? '')
  })
  afterAll(() => server.stop())

  const settings = (region: string) => ({
    region,
    endpoint: server.endpoint,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  })

  /** Two queues and a function in a Region; the role is one for all. */
  async function ends(region: string, roleArn: string) {
    const code = { 'index.mjs': new TextEncoder().encode('export const handler = () => {}') }
    const sqs = new SQSClient(settings(region))
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders.fifo', Attributes: { FifoQueue: 'true' } }))
    await new LambdaClient(settings(region)).send(
      new CreateFunctionCommand({
        FunctionName: 'worker',
        Role: roleArn,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipSync(code) },
      }),
    )
  }

  async function mappings(region: string) {
    const listed = await new LambdaClient(settings(region)).send(new ListEventSourceMappingsCommand({}))
    return (listed.EventSourceMappings ?? [])
      .map(({ UUID: _, EventSourceMappingArn: _arn, LastModified: _time, ...kept }) => kept)
      .toSorted((one, other) => Number(one.EventSourceArn?.length) - Number(other.EventSourceArn?.length))
  }

  async function deploy(region: string, template: string) {
    const cloudFormation = new CloudFormationClient(settings(region))
    const Capabilities = ['CAPABILITY_IAM' as const]
    const StackName = 'triggers'
    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template, Capabilities }))
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }))
    expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE')
  }

  test('what was exported and deleted comes back the same, and in another Region as one of its own', async () => {
    const trust = { Version: '2012-10-17', Statement: [] }
    const { Role } = await new IAMClient(settings('us-east-1')).send(
      new CreateRoleCommand({ RoleName: 'worker-role', AssumeRolePolicyDocument: JSON.stringify(trust) }),
    )
    for (const region of ['us-east-1', 'eu-west-1']) await ends(region, Role?.Arn ?? '')
    const lambda = new LambdaClient(settings('us-east-1'))
    const arn = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`
    const Filters = hostile
      .slice(0, 5)
      .map((text) => ({ Pattern: JSON.stringify({ body: { [text]: [text] } }) }))
    const made = [
      await lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: arn('orders'),
          FunctionName: 'worker',
          BatchSize: 500,
          MaximumBatchingWindowInSeconds: 20,
          ScalingConfig: { MaximumConcurrency: 7 },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          MetricsConfig: { Metrics: ['EventCount'] },
          FilterCriteria: { Filters },
        }),
      ),
      await lambda.send(
        new CreateEventSourceMappingCommand({
          EventSourceArn: arn('orders.fifo'),
          FunctionName: 'worker',
          Enabled: false,
          ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 9 },
        }),
      ),
    ]
    const before = await mappings('us-east-1')
    expect(before).toHaveLength(2)

    const env = { ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: server.endpoint }
    const exported = await sqsTrigger(['export', '--format', 'cloudformation'], { env })
    expect(exported.code, exported.stderr).toBe(0)
    const importing = await sqsTrigger(['export', '--format', 'cloudformation', '--import'], { env })
    const identifiers = JSON.parse(importing.stdout).map(
      ({ ResourceIdentifier: one }: { readonly ResourceIdentifier: object }) => one,
    )
    expect(identifiers).toEqual(expect.arrayContaining(made.map(({ UUID }) => ({ Id: UUID }))))

    for (const { UUID } of made) await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))
    expect(await mappings('us-east-1')).toEqual([])
    await deploy('us-east-1', exported.stdout)
    expect(await mappings('us-east-1')).toEqual(before)

    await deploy('eu-west-1', exported.stdout)
    const elsewhere = JSON.parse(JSON.stringify(before).replaceAll('us-east-1', 'eu-west-1'))
    expect(JSON.parse(JSON.stringify(await mappings('eu-west-1')))).toEqual(elsewhere)
  })
})
