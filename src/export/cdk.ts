import { jsonText } from '../json-text.js'
import { describe } from './describe.js'
import type { ExportFormat } from './export-format.js'
import { camelCase } from './identifiers.js'
import { type Piece, piecesOf, type Value } from './references.js'
import { type Infrastructure, isCreated, type Resource } from './resources.js'

/**
 * A stack for the AWS CDK, in TypeScript, of constructs that are CloudFormation's own resources: they say every setting,
 * and keep their names, so that what exists can be imported.
 * https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-import.html
 */
const format: ExportFormat = {
  needs: ['tags', 'queues', 'keys', 'functions', 'roles'],
  write: (world, options) => {
    const described = describe(world, options)
    const { resources, notes } = described
    const existing = resources.flatMap((one) =>
      one.existing === undefined ? [] : [[one.id, one.existing.identifier]],
    )
    const off = resources.some(isCreated)
    return {
      text: stackFile(described),
      notes,
      takeover: {
        text: `${jsonText(Object.fromEntries(existing), 2)}\n`,
        steps: [
          `With the stack in your app${off ? ', made with rolePolicies: false,' : ''} and this saved as import.json, the stack takes over what exists:`,
          'npx cdk import --resource-mapping import.json',
          ...(off
            ? ['Then leave out rolePolicies: false, and npx cdk deploy makes the policies of the roles.']
            : []),
        ],
      },
    }
  },
}

export default format

const constructs: Readonly<Record<Resource['type'], string>> = {
  'AWS::Lambda::EventSourceMapping': 'lambda.CfnEventSourceMapping',
  'AWS::IAM::RolePolicy': 'iam.CfnRolePolicy',
  'AWS::SQS::Queue': 'sqs.CfnQueue',
}

const modules: Readonly<Record<string, string>> = { lambda: 'aws_lambda', iam: 'aws_iam', sqs: 'aws_sqs' }

function stackFile({ parameters, resources }: Infrastructure): string {
  const used = new Set(resources.map(({ type }) => constructs[type].split('.')[0] ?? ''))
  const imports = [...used].map((name) => `${modules[name]} as ${name}`).toSorted()
  const required = parameters.some((parameter) => parameter.default === undefined)
  const creates = resources.some(isCreated)
  const choice = { name: 'rolePolicies', fallback: 'true' }
  const taken = [
    ...parameters.map(({ id, default: fallback }) => ({
      name: camelCase(id),
      ...(fallback === undefined ? {} : { fallback: jsonText(fallback) }),
    })),
    ...(creates ? [choice] : []),
  ].map(({ name, fallback }) => (fallback === undefined ? name : `${name} = ${fallback}`))
  return `${[
    `import { ${imports.join(', ')}, CfnDeletionPolicy, type CfnResource, Stack, type StackProps } from "aws-cdk-lib";`,
    'import type { Construct } from "constructs";',
    '',
    'export interface SqsTriggersProps extends StackProps {',
    ...parameters.flatMap(({ id, description, default: fallback }) => [
      `  /** ${description}${fallback === undefined ? '' : ` Default: ${fallback}`} */`,
      `  readonly ${camelCase(id)}${fallback === undefined ? '' : '?'}: string;`,
    ]),
    ...(creates
      ? [
          '  /** false: leave out the policies of roles, which an import cannot make. Default: true */',
          '  readonly rolePolicies?: boolean;',
        ]
      : []),
    '}',
    '',
    '/** SQS queues that trigger Lambda functions; written by sqs-trigger export. */',
    'export class SqsTriggers extends Stack {',
    `  constructor(scope: Construct, id: string, props: SqsTriggersProps${required ? '' : ' = {}'}) {`,
    '    super(scope, id, props);',
    `    const { ${taken.join(', ')} } = props;`,
    '    // What is deleted from the stack, or with it, stays in AWS: an import demands that this is said.',
    '    const keep = <Kept extends CfnResource>(resource: Kept): Kept => {',
    '      resource.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;',
    `      resource.cfnOptions.updateReplacePolicy = ${used.has('sqs') ? 'resource instanceof sqs.CfnQueue ? CfnDeletionPolicy.RETAIN : ' : ''}CfnDeletionPolicy.DELETE;`,
    '      return resource;',
    '    };',
    ...resources.flatMap((resource) => construct(resource, resources)),
    '  }',
    '}',
  ].join('\n')}\n`
}

/**
 * A policy stands after the mappings that wait for it.
 * https://docs.aws.amazon.com/cdk/v2/guide/resources.html
 */
function construct(resource: Resource, all: readonly Resource[]): readonly string[] {
  const { id, type, properties, dependsOn } = resource
  const [first = '', ...others] = lines(properties, camelCase)
  const waiting = all.filter((other) => other.dependsOn === id).map((other) => camelCase(other.id))
  const isNamed = type === 'AWS::SQS::Queue' || dependsOn !== undefined || waiting.length > 0
  const made = [
    `${isNamed ? `const ${camelCase(id)} = ` : ''}keep(new ${constructs[type]}(this, ${jsonText(id)}, ${first}`,
    ...others.slice(0, -1),
    `${others.at(-1)}));`,
    ...waiting.map((mapping) => `${mapping}.addDependency(${camelCase(id)});`),
  ]
  const guarded = isCreated(resource)
    ? ['if (rolePolicies) {', ...made.map((line) => `  ${line}`), '}']
    : made
  return guarded.map((line) => `    ${line}`)
}

/** Members of properties are named in camel case; what stands in a document is left as it is. */
function lines(value: Value, named: (name: string) => string): readonly string[] {
  if (typeof value !== 'object') return [typeof value === 'string' ? jsonText(value) : String(value)]
  const pieces = 'length' in value ? undefined : piecesOf(value)
  if (pieces !== undefined) return [expression(pieces)]
  const items = Array.isArray(value)
    ? value.map((item) => lines(item, named))
    : Object.entries(value).map(([name, member]) => {
        const [first = '', ...others] = lines(member, documents.includes(name) ? asItIs : named)
        return [`${memberName(named(name))}: ${first}`, ...others]
      })
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return [
    open,
    ...items.flatMap((item) => item.map((line, index) => `  ${line}${index === item.length - 1 ? ',' : ''}`)),
    close,
  ]
}

const documents: readonly string[] = ['PolicyDocument', 'RedrivePolicy', 'RedriveAllowPolicy']
const asItIs = (name: string) => name

const memberName = (name: string) => (/^[A-Za-z]\w*$/.test(name) ? name : jsonText(name))

/** What AWS knows of the place where a stack is deployed. */
const known: Readonly<Record<string, string>> = {
  'AWS::Partition': 'this.partition',
  'AWS::Region': 'this.region',
  'AWS::AccountId': 'this.account',
  'AWS::URLSuffix': 'this.urlSuffix',
}

function expression(pieces: readonly Piece[]): string {
  const [only, ...others] = pieces
  if (others.length === 0 && typeof only === 'object') return variable(only)
  const text = pieces.map((piece) =>
    typeof piece === 'string' ? piece.replace(/[`\\]|\$(?=\{)/g, String.raw`\$&`) : `\${${variable(piece)}}`,
  )
  return `\`${text.join('')}\``
}

const variable = (piece: Exclude<Piece, string>) =>
  'arnOf' in piece
    ? `${camelCase(piece.arnOf)}.attrArn`
    : (known[piece.parameter] ?? camelCase(piece.parameter))
