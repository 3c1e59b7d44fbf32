import { aligned, assignment, escaped, hclLines, indented, jsonEncoded, quoted } from '../permissions/hcl.js'
import { describe } from './describe.js'
import type { ExportFormat } from './export-format.js'
import { snakeCase } from './identifiers.js'
import { type Members, type Piece, piecesOf, type Value } from './references.js'
import type { Infrastructure, Parameter, Resource } from './resources.js'

/**
 * Configuration of Terraform, laid out as `terraform fmt` does.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping
 */
const format: ExportFormat = {
  needs: ['tags', 'queues', 'keys', 'functions', 'roles'],
  write: (world, options) => {
    const described = describe(world, options)
    const { parameters, resources, notes } = described
    const given = parameters.filter((parameter) => parameter.default === undefined)
    const variables = given.map(({ id, here }) => ` -var ${snakeCase(id)}=${here}`).join('')
    return {
      text: configuration(described),
      notes,
      takeover: {
        text: `${resources.flatMap(importOf).join('\n\n')}\n`,
        steps: [
          'With the configuration saved as triggers.tf and this as import.tf beside it, Terraform (1.5 or later) takes over what exists:',
          `terraform plan${variables}`,
          'It has to announce imports, perhaps policies to add, and nothing to change or destroy. After terraform apply, import.tf has done its work.',
        ],
      },
    }
  },
}

export default format

const types: Readonly<Record<Resource['type'], string>> = {
  'AWS::Lambda::EventSourceMapping': 'aws_lambda_event_source_mapping',
  'AWS::IAM::RolePolicy': 'aws_iam_role_policy',
  'AWS::SQS::Queue': 'aws_sqs_queue',
}

/** Where Terraform's name is not that of CloudFormation in other letters. */
const otherNames: Readonly<Record<string, string>> = {
  RoleName: 'role',
  PolicyName: 'name',
  PolicyDocument: 'policy',
  Filters: 'filter',
  QueueName: 'name',
  VisibilityTimeout: 'visibility_timeout_seconds',
  MessageRetentionPeriod: 'message_retention_seconds',
  MaximumMessageSize: 'max_message_size',
  ReceiveMessageWaitTimeSeconds: 'receive_wait_time_seconds',
}

/** Where an object is the JSON text of a document. */
const documents: readonly string[] = ['PolicyDocument', 'RedrivePolicy', 'RedriveAllowPolicy']

function configuration({ parameters, resources }: Infrastructure): string {
  const used = new Set<string>()
  const written = resources.map((resource) => resourceOf(resource, writer(resources, used)))
  return `${[provider, ...parameters.map(variable), ...[...used].toSorted().map(dataSource), ...written].join('\n\n')}\n`
}

/** Since version 6 the provider names the Region `region`. */
const provider = [
  'terraform {',
  '  required_providers {',
  '    aws = {',
  '      source  = "hashicorp/aws"',
  '      version = ">= 6.0"',
  '    }',
  '  }',
  '}',
].join('\n')

const dataSource = (name: string) => `data "${name}" "current" {}`

function variable({ id, description, default: fallback }: Parameter): string {
  const lines = aligned([
    ['description', quoted(description)],
    ['type', 'string'],
    ...(fallback === undefined ? [] : [['default', quoted(fallback)] as const]),
  ])
  return block(`variable "${snakeCase(id)}"`, lines)
}

/** What AWS knows of the place where a template is deployed, and the data source that tells it. */
const known: Readonly<Record<string, readonly [source: string, attribute: string]>> = {
  'AWS::Partition': ['aws_partition', 'partition'],
  'AWS::URLSuffix': ['aws_partition', 'dns_suffix'],
  'AWS::Region': ['aws_region', 'region'],
  'AWS::AccountId': ['aws_caller_identity', 'account_id'],
}

type Writer = (value: object) => string | undefined

/** Writes references as expressions, and notes which data sources they need. */
function writer(resources: readonly Resource[], used: Set<string>): Writer {
  const expression = (piece: Exclude<Piece, string>): string => {
    if ('arnOf' in piece) {
      const type = resources.find(({ id }) => id === piece.arnOf)?.type ?? 'AWS::SQS::Queue'
      return `${types[type]}.${snakeCase(piece.arnOf)}.arn`
    }
    const [source, attribute] = known[piece.parameter] ?? []
    if (source === undefined) return `var.${snakeCase(piece.parameter)}`
    used.add(source)
    return `data.${source}.current.${attribute}`
  }
  return (value) => {
    const pieces = piecesOf(value)
    const [only, ...others] = pieces ?? []
    if (pieces === undefined || only === undefined) return undefined
    if (others.length === 0 && typeof only === 'object') return expression(only)
    const written = pieces.map((piece) =>
      typeof piece === 'string' ? escaped(piece) : `\${${expression(piece)}}`,
    )
    return `"${written.join('')}"`
  }
}

/**
 * The provider retries what a missing right refuses, for some minutes only, and deletes both at once.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on
 */
function resourceOf({ id, type, properties, dependsOn }: Resource, write: Writer): string {
  const after =
    dependsOn === undefined
      ? []
      : ['', `depends_on = [${types['AWS::IAM::RolePolicy']}.${snakeCase(dependsOn)}]`]
  return block(`resource "${types[type]}" "${snakeCase(id)}"`, [...body(properties, write), ...after])
}

/** Attributes on one line are aligned with their neighbours; blocks follow them. */
function body(properties: Members, write: Writer): readonly string[] {
  const plain: (readonly [string, string])[] = []
  const rest: string[] = []
  for (const [property, value] of Object.entries(properties)) {
    const name = otherNames[property] ?? snakeCase(property)
    if (property === 'Tags') rest.push(...assignment(name, hclLines(tagsOf(value))))
    else if (documents.includes(property) && typeof value === 'object') {
      rest.push(...assignment(name, jsonEncoded(value, write)))
    } else if (isBlock(value, write)) {
      rest.push(...[value].flat().flatMap((one) => [`${name} {`, indented(body(one, write)), '}']))
    } else {
      const [first = '', ...others] = hclLines(value, write)
      if (others.length === 0) plain.push([name, first])
      else rest.push(...assignment(name, [first, ...others]))
    }
  }
  return [...aligned(plain), ...rest].flatMap((line) => line.split('\n'))
}

/** An object, or several, that is no reference: a block in Terraform. */
function isBlock(value: Value, write: Writer): value is Members | readonly Members[] {
  return [value].flat().every((one) => typeof one === 'object' && write(one) === undefined)
}

/** Pairs of key and value as a map. */
const tagsOf = (pairs: Value): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [pairs]
      .flat()
      .map((pair) => (typeof pair === 'object' && 'Key' in pair ? [String(pair.Key), pair.Value] : [])),
  )

/** https://developer.hashicorp.com/terraform/language/import */
function importOf({ id, type, existing }: Resource): readonly string[] {
  if (existing === undefined) return []
  const lines = aligned([
    ['to', `${types[type]}.${snakeCase(id)}`],
    ['id', quoted(existing.terraformId)],
  ])
  return [block('import', lines)]
}

const block = (header: string, lines: readonly string[]) => `${header} {\n${indented(lines)}\n}`
