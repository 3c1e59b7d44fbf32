/** Everything in KMS. Keys and aliases are kept by ARN. */
export interface KmsState {
  readonly keys: Map<string, KmsKey>
  readonly aliases: Map<string, KmsAlias>
}

interface KmsAlias {
  /** ARN of the key. */
  readonly target: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export interface KmsKey {
  readonly arn: string
  readonly id: string
  readonly account: string
  readonly region: string
  /** AWS: made and kept by a service, its policy cannot be changed. */
  readonly manager: 'AWS' | 'CUSTOMER'
  readonly description: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly tags: ReadonlyMap<string, string>
  state: KeyState
  /** The key policy named `default`, as text. */
  policy: string
  readonly grants: KmsGrant[]
  /** When a key pending deletion goes; undefined otherwise. */
  deletionAt: number | undefined
}

/** Where a key lives, and where a reference without account or Region is looked up. */
export interface KeyHome {
  readonly account: string
  readonly region: string
}

type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion'

export interface KmsGrant {
  readonly id: string
  readonly token: string
  readonly name: string | undefined
  readonly granteePrincipal: string
  readonly retiringPrincipal: string | undefined
  readonly issuingAccount: string
  readonly operations: readonly string[]
  readonly constraints: GrantConstraints | undefined
  readonly createdAt: number
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html */
export interface GrantConstraints {
  readonly encryptionContextEquals?: Readonly<Record<string, string>>
  readonly encryptionContextSubset?: Readonly<Record<string, string>>
}

export const createKmsState = (): KmsState => ({ keys: new Map(), aliases: new Map() })
