import { PrismaClient } from '@prisma/client'

const global = globalThis as unknown as { prisma?: PrismaClient }

// One client for all hot reloads in development, else every reload opens a pool.
export const db = (global.prisma ??= new PrismaClient())
