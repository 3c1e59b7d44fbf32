import { jsonText } from '../json-text.js'
import { yamlLines } from '../permissions/block-yaml.js'
import { describe } from './describe.js'
import type { ExportFormat, Takeover } from './export-format.js'
import { withoutVariables } from './references.js'
import { type Infrastructure, isCreated, type Parameter, type Resource } from './resources.js'

/**
 * A template in YAML. What is deleted from the stack, or with it, stays in AWS: an import demands that this is said.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import.html
 */
const format: ExportFormat = {
  needs: ['tags', 'queues', 'keys', 'functions', 'roles'],
  write: (world, options) => {
    const described = describe(world, options)
    const text = template(described)
    return {
      text,
      notes: [...described.notes, ...limitNotes(described, text)],
      takeover: takeover(described),
    }
  },
}

export default format

/** By what a parameter of this name says, role policies that do not exist yet are made or left out. */
const rolePolicies = 'RolePolicies'
const condition = 'CreateRolePolicies'

function template({ parameters, resources }: Infrastructure): string {
  const creates = resources.some(isCreated)
  const described = parameters.map(({ id, description, default: fallback }) => [
    id,
    { Description: description, Type: 'String', ...(fallback === undefined ? {} : { Default: fallback }) },
  ])
  const choice = {
    Description: 'none leaves out the policies of roles, which an import cannot make.',
    Type: 'String',
    AllowedValues: ['create', 'none'],
    Default: 'create',
  }
  return toYaml({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'SQS queues that trigger Lambda functions; written by sqs-trigger export.',
    Parameters: { ...Object.fromEntries(described), ...(creates ? { [rolePolicies]: choice } : {}) },
    ...(creates ? { Conditions: { [condition]: { 'Fn::Equals': [{ Ref: rolePolicies }, 'create'] } } } : {}),
    Resources: Object.fromEntries(
      resources.map((resource) => [resource.id, resourceOf(resource, resources)]),
    ),
  })
}

/**
 * A mapping that has to be replaced, because it reads another queue now, must not go on beside the new one; a queue may hold
 * messages.
 */
export function resourceOf(resource: Resource, resources: readonly Resource[]) {
  return {
    Type: resource.type,
    ...(isCreated(resource) ? { Condition: condition } : {}),
    ...waitsFor(resources.find(({ id }) => id === resource.dependsOn)),
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: resource.type === 'AWS::SQS::Queue' ? 'Retain' : 'Delete',
    Properties: withoutVariables(resource.properties),
  }
}

/**
 * Lambda looks at the role when a mapping is made. DependsOn takes no condition, so that one that may be left out is
 * named where a condition may stand: a reference is waited for, too.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 * https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
 */
function waitsFor(policy: Resource | undefined) {
  if (policy === undefined) return {}
  if (!isCreated(policy)) return { DependsOn: policy.id }
  return { Metadata: { After: { 'Fn::If': [condition, { Ref: policy.id }, { Ref: 'AWS::NoValue' }] } } }
}

export const toYaml = (document: object) =>
  Object.entries(document)
    .map(([name, member]) => `${yamlLines({ [name]: member }).join('\n')}\n`)
    .join('')

function takeover({ parameters, resources }: Infrastructure): Takeover {
  const existing = resources.flatMap(({ id, type, existing }) =>
    existing === undefined
      ? []
      : [{ ResourceType: type, LogicalResourceId: id, ResourceIdentifier: existing.identifier }],
  )
  const creates = resources.some(isCreated)
  const stack = ['--stack-name', 'sqs-triggers']
  const changeSet = [...stack, '--change-set-name', 'import']
  const cloudFormation = (...words: readonly string[]) => ['cloudformation', ...words]
  return {
    text: `${jsonText(existing, 2)}\n`,
    steps: [
      'With the template saved as triggers.yaml and this as import.json, a stack takes over what exists. Nothing is made or changed by that:',
      cloudFormation(
        'create-change-set',
        ...changeSet,
        ...['--change-set-type', 'IMPORT', '--resources-to-import', 'file://import.json'],
        ...['--template-body', 'file://triggers.yaml', '--capabilities', 'CAPABILITY_IAM'],
        ...parameterWords(parameters, creates ? { [rolePolicies]: 'none' } : {}),
      ),
      cloudFormation('wait', 'change-set-create-complete', ...changeSet),
      cloudFormation('execute-change-set', ...changeSet),
      cloudFormation('wait', 'stack-import-complete', ...stack),
      ...(creates
        ? [
            'Then let the stack make the policies of the roles:',
            cloudFormation(
              'update-stack',
              ...stack,
              ...['--use-previous-template', '--capabilities', 'CAPABILITY_IAM'],
              ...parameterWords(parameters, { [rolePolicies]: 'create' }),
            ),
          ]
        : []),
    ],
  }
}

/** Those that have to be given. */
function parameterWords(
  parameters: readonly Parameter[],
  more: Readonly<Record<string, string>>,
): readonly string[] {
  const given = parameters
    .filter((parameter) => parameter.default === undefined)
    .map(({ id, here }) => [id, here] as const)
  const all = [...given, ...Object.entries(more)]
  const words = all.map(([key, value]) => `ParameterKey=${key},ParameterValue=${value}`)
  return words.length === 0 ? [] : ['--parameters', ...words]
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const most = { parameters: 200, resources: 500, bytes: 51_200 }

function limitNotes({ parameters, resources }: Infrastructure, text: string): readonly string[] {
  const asked = parameters.length + (resources.some(isCreated) ? 1 : 0)
  return [
    ...(asked > most.parameters || resources.length > most.resources
      ? [
          `CloudFormation takes ${most.parameters} parameters and ${most.resources} resources in one template, and here are ${asked} and ${resources.length}: export fewer with --queue or --function.`,
        ]
      : []),
    ...(new TextEncoder().encode(text).length > most.bytes
      ? [
          'The template is longer than 51,200 bytes: CloudFormation takes it from a bucket only, with --template-url.',
        ]
      : []),
    ...(text.includes('{{resolve:') ? [resolved] : []),
  ]
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const resolved =
  'A text in the template holds {{resolve:…}}, which CloudFormation replaces by what it names: nothing can stop it.'
