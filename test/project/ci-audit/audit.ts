import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import type { AuditFacts } from '../../../src/project/ci-audit/model.ts'

/** Paths under which the providers look for a pipeline. */
export const paths = { github: '.github/workflows/x.yml', action: 'action.yml', dependabot: '.github/dependabot.yml', gitlab: '.gitlab-ci.yml', circleci: '.circleci/config.yml', azure: 'azure-pipelines.yml', bitbucket: 'bitbucket-pipelines.yml' } as const
export type Kind = keyof typeof paths

export const audit = (kind: Kind, text: string, facts: Partial<AuditFacts> = {}) => auditCiFiles([{ path: paths[kind], text }], { pins: [], ...facts })
/** `rule:line` of every finding, or of those of one rule. */
export const places = (kind: Kind, text: string, rule?: string, facts: Partial<AuditFacts> = {}): string[] => audit(kind, text, facts).filter((finding) => rule === undefined || finding.rule === rule).map((finding) => `${finding.rule}:${finding.line}`)
