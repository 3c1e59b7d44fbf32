import type { Action } from '../define-action.js'
import addUserToGroup from './actions/AddUserToGroup.js'
import attachGroupPolicy from './actions/AttachGroupPolicy.js'
import attachRolePolicy from './actions/AttachRolePolicy.js'
import attachUserPolicy from './actions/AttachUserPolicy.js'
import createAccessKey from './actions/CreateAccessKey.js'
import createGroup from './actions/CreateGroup.js'
import createPolicy from './actions/CreatePolicy.js'
import createRole from './actions/CreateRole.js'
import createUser from './actions/CreateUser.js'
import deletePolicy from './actions/DeletePolicy.js'
import deleteRole from './actions/DeleteRole.js'
import deleteRolePolicy from './actions/DeleteRolePolicy.js'
import deleteUser from './actions/DeleteUser.js'
import deleteUserPolicy from './actions/DeleteUserPolicy.js'
import detachRolePolicy from './actions/DetachRolePolicy.js'
import getGroupPolicy from './actions/GetGroupPolicy.js'
import getPolicy from './actions/GetPolicy.js'
import getPolicyVersion from './actions/GetPolicyVersion.js'
import getRole from './actions/GetRole.js'
import getRolePolicy from './actions/GetRolePolicy.js'
import getUser from './actions/GetUser.js'
import getUserPolicy from './actions/GetUserPolicy.js'
import listAttachedGroupPolicies from './actions/ListAttachedGroupPolicies.js'
import listAttachedRolePolicies from './actions/ListAttachedRolePolicies.js'
import listAttachedUserPolicies from './actions/ListAttachedUserPolicies.js'
import listGroupPolicies from './actions/ListGroupPolicies.js'
import listGroupsForUser from './actions/ListGroupsForUser.js'
import listRolePolicies from './actions/ListRolePolicies.js'
import listRoles from './actions/ListRoles.js'
import listUserPolicies from './actions/ListUserPolicies.js'
import putGroupPolicy from './actions/PutGroupPolicy.js'
import putRolePermissionsBoundary from './actions/PutRolePermissionsBoundary.js'
import putRolePolicy from './actions/PutRolePolicy.js'
import putUserPolicy from './actions/PutUserPolicy.js'
import simulateCustomPolicy from './actions/SimulateCustomPolicy.js'
import simulatePrincipalPolicy from './actions/SimulatePrincipalPolicy.js'
import tagRole from './actions/TagRole.js'
import updateAssumeRolePolicy from './actions/UpdateAssumeRolePolicy.js'

/** Every IAM operation of the sandbox. */
export const iamActions: readonly Action[] = [
  addUserToGroup,
  attachGroupPolicy,
  attachRolePolicy,
  attachUserPolicy,
  createAccessKey,
  createGroup,
  createPolicy,
  createRole,
  createUser,
  deletePolicy,
  deleteRole,
  deleteRolePolicy,
  deleteUser,
  deleteUserPolicy,
  detachRolePolicy,
  getGroupPolicy,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  getUser,
  getUserPolicy,
  listAttachedGroupPolicies,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
  listGroupPolicies,
  listGroupsForUser,
  listRolePolicies,
  listRoles,
  listUserPolicies,
  putGroupPolicy,
  putRolePermissionsBoundary,
  putRolePolicy,
  putUserPolicy,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
  tagRole,
  updateAssumeRolePolicy,
]
