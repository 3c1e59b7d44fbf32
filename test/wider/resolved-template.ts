/** Where a template is deployed: its parameters, and what AWS knows of the place. */
export type Deployed = Readonly<Record<string, string>>

/** A value of a template with its functions carried out, as far as exports use them. */
export function resolved(value: unknown, names: Deployed): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(item, names))
  if (typeof value !== 'object' || value === null) return value
  const [[name, argument] = ['', undefined]] = Object.entries(value)
  const named = (key: string) => {
    const found = names[key]
    if (found === undefined) throw new Error(`the template names ${key}, which is nothing`)
    return found
  }
  if (name === 'Ref') return named(String(argument))
  // The ARN of another resource of the template is that resource.
  if (name === 'Fn::GetAtt') return `arn of ${[argument].flat()[0]}`
  if (name === 'Fn::Sub') {
    return String(argument).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, key: string) =>
      literal ? `\${${key}}` : named(key),
    )
  }
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    return [argument[1]]
      .flat()
      .map((part) => String(resolved(part, names)))
      .join(String(argument[0]))
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolved(member, names)]))
}

/** The place of the worlds in test/export, as names of CloudFormation. */
export const here: Deployed = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com',
}
