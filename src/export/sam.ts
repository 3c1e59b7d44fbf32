import { parseArn } from '../arn.js'
import { jsonText } from '../json-text.js'
import { resourceOf, toYaml } from './cloudformation.js'
import { describe } from './describe.js'
import type { ExportFormat, Takeover } from './export-format.js'
import type { ExportedMapping, ExportWorld } from './export-world.js'
import { openNamer } from './identifiers.js'
import { present } from './mapping-properties.js'
import { type Members, withoutVariables } from './references.js'
import type { Infrastructure, Resource } from './resources.js'

/**
 * A template of AWS SAM: the functions with their events. SAM knows an SQS event only as part of a function, whose code
 * an export does not have: it is left to the reader.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sqs.html
 */
const format: ExportFormat = {
  needs: ['tags', 'queues', 'keys', 'functions', 'roles'],
  write: (world, options) => {
    const described = describe(world, options)
    const queues = described.resources.filter(({ type }) => type === 'AWS::SQS::Queue')
    const mappings = described.resources.filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    const functions = grouped(world, mappings, described)
    const resources = {
      ...Object.fromEntries(queues.map((queue) => [queue.id, resourceOf(queue, queues)])),
      ...Object.fromEntries(functions.map((one) => [one.id, functionOf(one, world, described)])),
    }
    const used = JSON.stringify(resources)
    const parameters = described.parameters.filter(
      ({ id }) => used.includes(`"Ref":"${id}"`) || used.includes(`\${${id}}`),
    )
    const text = toYaml({
      AWSTemplateFormatVersion: '2010-09-09',
      Transform: 'AWS::Serverless-2016-10-31',
      Description: 'SQS queues that trigger Lambda functions; written by sqs-trigger export.',
      ...(parameters.length === 0
        ? {}
        : {
            Parameters: Object.fromEntries(
              parameters.map(({ id, description, default: fallback }) => [
                id,
                {
                  Description: description,
                  Type: 'String',
                  ...(fallback === undefined ? {} : { Default: fallback }),
                },
              ]),
            ),
          }),
      Resources: resources,
    })
    return {
      text,
      notes: [...described.notes, ...functions.flatMap((one) => notesOn(one, world)), ...general],
      takeover: takeover(functions),
    }
  },
}

export default format

const general = [
  'SAM needs the code of a function: give each CodeUri, or take Events and Policies over into the function of your own template.',
  'Where a function has no Role of its own in the template, SAM also attaches AWSLambdaSQSQueueExecutionRole, which allows every queue of the account.',
]

interface SamFunction {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly events: readonly (readonly [id: string, exported: ExportedMapping, mapping: Resource])[]
}

/** The mappings of each function; they stand in the order in which they were described. */
function grouped(
  { mappings }: ExportWorld,
  resources: readonly Resource[],
  described: Infrastructure,
): readonly SamFunction[] {
  const name = openNamer()
  // Parameters and resources share their names.
  for (const { id } of [...described.parameters, ...described.resources]) name(id)
  return [...new Set(mappings.map(({ functionArn }) => functionArn))].map((arn) => {
    const functionName = parseArn(arn)?.resource.replace(/^function:/, '') ?? arn
    const event = openNamer()
    return {
      id: name(functionName),
      name: functionName,
      arn,
      events: mappings.flatMap((exported, index) => {
        const resource = resources[index]
        if (exported.functionArn !== arn || resource === undefined) return []
        return [[event(parseArn(exported.mapping.queueArn)?.resource ?? ''), exported, resource] as const]
      }),
    }
  })
}

function functionOf({ arn, name, events }: SamFunction, world: ExportWorld, { resources }: Infrastructure) {
  const called = world.functions.get(arn)
  const read = called?.state === 'known' ? called.value : undefined
  const image = read !== undefined && read.runtime === undefined
  const queues = new Set(events.map(([, { mapping }]) => mapping.queueArn))
  const policies = resources.filter(({ queueArn }) => queueArn !== undefined && queues.delete(queueArn))
  const alias = aliasOf(events)
  return {
    Type: 'AWS::Serverless::Function',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Delete',
    Properties: present({
      ...(image
        ? { PackageType: 'Image', ImageUri: `${name}:latest` }
        : {
            Runtime: read?.runtime ?? 'provided.al2023',
            Handler: read?.handler ?? 'bootstrap',
            CodeUri: `./${name}`,
          }),
      Timeout: read?.timeoutSeconds,
      AutoPublishAlias: alias,
      Policies:
        policies.length === 0 ? undefined : policies.map(({ properties }) => properties.PolicyDocument ?? {}),
      Events: Object.fromEntries(
        events.map(([id, , { properties }]) => [
          id,
          { Type: 'SQS', Properties: withoutVariables(eventOf(properties)) },
        ]),
      ),
    }),
  }
}

/** An event names its queue, belongs to its function, and has no tags. */
function eventOf({ EventSourceArn: queue, FunctionName: _, Tags: _tags, ...settings }: Members): Members {
  return present({ Queue: queue, ...settings })
}

/** The alias that every mapping of the function names: SAM gives one to all events of a function. */
function aliasOf(events: SamFunction['events']): string | undefined {
  const qualifiers = new Set(events.map(([, { qualifier }]) => qualifier))
  const [only] = qualifiers
  return qualifiers.size === 1 && only && /^(?!\d+$)[\w-]+$/.test(only) ? only : undefined
}

function notesOn({ name, arn, events }: SamFunction, { functions }: ExportWorld): readonly string[] {
  const qualified = events.some(([, { qualifier }]) => qualifier !== null)
  return [
    ...(functions.get(arn)?.state === 'known'
      ? []
      : [`What function ${name} runs on is not known: its Runtime and Handler stand for yours.`]),
    ...(qualified && aliasOf(events) === undefined
      ? [`SAM cannot say which alias or version of function ${name} an event calls: that is left out.`]
      : []),
    ...(events.some(([, , { properties }]) => properties.Tags !== undefined)
      ? [`SAM gives no tags to an event: those of the mappings of function ${name} are left out.`]
      : []),
  ]
}

/**
 * SAM names a mapping after function and event.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
function takeover(functions: readonly SamFunction[]): Takeover {
  const existing = functions.flatMap(({ id, events }) =>
    events.map(([event, { mapping }, { type }]) => ({
      ResourceType: type,
      LogicalResourceId: `${id}${event}`,
      ResourceIdentifier: { Id: mapping.uuid },
    })),
  )
  const changeSet = ['--stack-name', '<your stack>', '--change-set-name', 'import']
  return {
    text: `${jsonText(existing, 2)}\n`,
    steps: [
      'SAM imports nothing. CloudFormation can import the mappings into the stack that has your function, if nothing else changes:',
      `Deploy the Policies first. Then add the Events, and DeletionPolicy: Retain, to the function. If it is not called ${functions.map(({ id }) => id).join(', ')} in your template, correct that in each LogicalResourceId. Save this as import.json.`,
      'sam build && sam package --resolve-s3 --output-template-file packaged.yaml',
      [
        'cloudformation',
        'create-change-set',
        ...changeSet,
        ...['--change-set-type', 'IMPORT', '--resources-to-import', 'file://import.json'],
        ...['--template-body', 'file://packaged.yaml'],
        ...['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
      ],
      ['cloudformation', 'wait', 'change-set-create-complete', ...changeSet],
      ['cloudformation', 'execute-change-set', ...changeSet],
    ],
  }
}
