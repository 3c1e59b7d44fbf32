import * as cloudformation from '@aws-sdk/client-cloudformation'
import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as kms from '@aws-sdk/client-kms'
import * as lambda from '@aws-sdk/client-lambda'
import * as tag from '@aws-sdk/client-resource-groups-tagging-api'
import * as sqs from '@aws-sdk/client-sqs'
import * as sts from '@aws-sdk/client-sts'
import type { Service } from '../../../src/sandbox/define-action.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import type { Members, Outcome, Step } from './step.js'

/** A client and the package that its commands stand in. */
const packages = {
  cloudformation: { Client: cloudformation.CloudFormationClient, commands: cloudformation },
  cloudwatch: { Client: cloudwatch.CloudWatchClient, commands: cloudwatch },
  iam: { Client: iam.IAMClient, commands: iam },
  kms: { Client: kms.KMSClient, commands: kms },
  lambda: { Client: lambda.LambdaClient, commands: lambda },
  logs: { Client: logs.CloudWatchLogsClient, commands: logs },
  sqs: { Client: sqs.SQSClient, commands: sqs },
  sts: { Client: sts.STSClient, commands: sts },
  tag: { Client: tag.ResourceGroupsTaggingAPIClient, commands: tag },
} satisfies Record<Service, object>

/** Sends one operation, by its name, with a client of its own and without retries. */
export async function callWithSdk(step: Step, input: Members, sandbox: Sandbox): Promise<Outcome> {
  const { Client, commands } = packages[step.service]
  // Commands are picked by name, so their types are lost: what they answer is compared in full.
  const Command = Object.entries(commands).find(([name]) => name === `${step.operation}Command`)?.[1] as
    | (new (
        given: Members,
      ) => never)
    | undefined
  if (!Command) throw new Error(`the SDK has no ${step.operation}`)
  const client = new Client({
    endpoint: sandbox.endpoint,
    region: sandbox.region,
    maxAttempts: 1,
    credentials: { ...sandbox.adminCredentials, ...(step.as !== undefined && { accessKeyId: step.as }) },
  })
  try {
    const { $metadata: _, ...answer } = await (client.send as (command: never) => Promise<Members>)(
      new Command(input),
    )
    return { answer: plain(answer) as Members }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { headers } = Object(Object(error).$response)
    const recorded = headers?.['x-sqs-trigger-sandbox'] !== 'unrecorded-text'
    return { error: { code: error.name, message: error.message }, recorded }
  } finally {
    client.destroy()
  }
}

/** As aws-cli shows it: bytes as the text that they are, policies decoded, and no members without a value. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString()
  if (typeof value === 'string' && value.startsWith('%7B')) return JSON.parse(decodeURIComponent(value))
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null)
  return Object.fromEntries(members.map(([name, inner]) => [name, plain(inner)]))
}
