import { getDefaultRoleAssumer } from '@aws-sdk/client-sts'

/** How the clients of one run reach STS. */
export type RoleAssumerOptions = NonNullable<Parameters<typeof getDefaultRoleAssumer>[0]> & {
  /** The type of the SDK leaves it out; it hands it on to its client all the same. */
  readonly endpoint: string
}

export type RoleAssumer = ReturnType<typeof getDefaultRoleAssumer>

/** In a module of its own, because few profiles name a role: the commands of STS stay out of every other start. */
export const roleAssumer = (options: RoleAssumerOptions): RoleAssumer => getDefaultRoleAssumer(options)
