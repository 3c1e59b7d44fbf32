import { functionAddress, queueAddress } from '../../arn.js'
import { isJsonObject } from '../../json-object.js'
import { known } from '../fact.js'
import { callerActions, type FactName, type FactValues, roleActions } from '../facts.js'
import type { ExampleFacts, RuleContext } from '../rule.js'
import { denied, granted } from './judgements.js'

const place = { partition: 'aws', region: 'eu-central-1', account: '111122223333' }
const queue = queueAddress({ ...place, name: 'orders' })
const target = functionAddress({ ...place, name: 'worker' })
const roleArn = 'arn:aws:iam::111122223333:role/service-role/worker-role'
const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

const permissions = Object.fromEntries([
  ...callerActions.map((action) => [`caller ${action}`, granted]),
  ...roleActions.map((action) => [`role ${action}`, granted]),
])

/** What the examples of rules change: a queue, function and role to which no rule objects but partial-batch-response-off (info); encrypted, so that every rule has something to judge. */
const healthyValues: FactValues = {
  // The names of the actions were just written out; Object.fromEntries forgets them.
  ...(permissions as Pick<FactValues, Extract<FactName, `caller ${string}` | `role ${string}`>>),
  // Nothing needs it, and a function that may write to its own queue may feed itself.
  'role sqs:SendMessage': denied,
  placement: { queue, function: target, region: place.region },
  settings: {},
  caller: {
    arn: 'arn:aws:iam::111122223333:user/dev',
    account: place.account,
    partition: 'aws',
    userId: 'AIDAEXAMPLE',
    kind: 'user',
    name: 'dev',
  },
  queueExists: true,
  queue: {
    arn: queue.arn,
    url: 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
    name: 'orders',
    account: place.account,
    fifo: false,
    visibilityTimeoutSeconds: 180,
    delaySeconds: 0,
    retentionSeconds: 345_600,
    maximumMessageBytes: 1_048_576,
    contentBasedDeduplication: false,
    encryption: { kind: 'key', keyId: keyArn },
    policy: null,
    redrive: { deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead', maxReceiveCount: 5 },
    redriveAllowPolicy: null,
    messages: { visible: 0, inFlight: 0, delayed: 0 },
  },
  deadLetterQueueExists: true,
  deadLetterQueue: {
    arn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead',
    name: 'orders-dead',
    fifo: false,
    retentionSeconds: 1_209_600,
    redriveAllowPolicy: null,
    redrive: null,
    messages: { visible: 0, inFlight: 0, delayed: 0 },
  },
  deadLetterMappings: [],
  key: { arn: keyArn, account: place.account, manager: 'CUSTOMER', state: 'Enabled' },
  functionExists: true,
  qualifierExists: true,
  lambdaFunction: {
    arn: target.arn,
    name: 'worker',
    version: '$LATEST',
    roleArn,
    timeoutSeconds: 30,
    state: 'Active',
    stateReason: undefined,
    lastUpdateStatus: 'Successful',
    lastUpdateReason: undefined,
    runtime: 'nodejs24.x',
    logGroup: '/aws/lambda/worker',
    variables: { kind: 'readable', namesWhere: () => [] },
    deadLetterTargetArn: null,
    tenantIsolated: false,
    durable: null,
    managedInstances: false,
  },
  reservedConcurrency: null,
  roleExists: true,
  role: {
    arn: roleArn,
    name: 'worker-role',
    path: '/service-role/',
    account: place.account,
    trustPolicy: '{"Version":"2012-10-17","Statement":[]}',
    boundaryArn: undefined,
    tags: {},
  },
  roleTrust: granted,
  newLogGroup: granted,
  queuePolicyOnRole: {
    'sqs:ReceiveMessage': known(granted),
    'sqs:DeleteMessage': known(granted),
    'sqs:GetQueueAttributes': known(granted),
  },
  keyPolicyOnRole: granted,
  mappings: [],
  existingMapping: null,
  activeFilters: [],
  batchWindow: { seconds: 0, isCertain: true },
  functionMappings: null,
  testMessage: { body: '{"sqs-trigger":{"test":"7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77"}}' },
  writesBack: { variables: [], maySend: null, asDeadLetterQueue: false },
  recursionDetection: 'Terminate',
}

/** The names in the examples. */
export const exampleContext: RuleContext = {
  region: place.region,
  profile: 'prod',
  endpoint: null,
  account: place.account,
  callerArn: healthyValues.caller.arn,
  queueName: 'orders',
  queueArn: queue.arn,
  functionName: 'worker',
  functionArn: target.arn,
  roleArn,
  customerKeyArn: keyArn,
  sendTest: true,
}

/** The same between two accounts: there the policy of the queue has a say. */
export const acrossAccounts: RuleContext = {
  ...exampleContext,
  queueArn: queueAddress({ ...place, account: '444455556666', name: 'orders' }).arn,
}

/** The healthy facts with some of them changed: objects member by member, everything else as a whole. */
export function exampleValues(patch: ExampleFacts): FactValues {
  const names: readonly string[] = Object.keys(healthyValues)
  const values = names.map((name) => {
    // Names of patch and values are the same set.
    const known = name as FactName
    return [known, merged(healthyValues[known], patch[known])] as const
  })
  // One entry was made for each fact; Object.fromEntries forgets their names.
  return Object.fromEntries(values) as unknown as FactValues
}

function merged(value: unknown, change: unknown): unknown {
  if (change === undefined) return value
  return isJsonObject(value) && isJsonObject(change) ? { ...value, ...change } : change
}
