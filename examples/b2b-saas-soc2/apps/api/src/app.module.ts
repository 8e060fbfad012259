import { Controller, Get, Headers, Module, UnauthorizedException } from '@nestjs/common'
import { PrismaClient } from '@prisma/client'

const db = new PrismaClient()

@Controller()
class PeriodsController {
  @Get('health')
  health() {
    return { status: 'healthy' }
  }

  @Get('periods')
  periods(@Headers('x-tenant-id') tenantId?: string) {
    // The tenant comes from a header until sign-in is chosen; it must come from the verified token then.
    if (!tenantId) throw new UnauthorizedException()
    return db.period.findMany({ where: { tenantId }, orderBy: { month: 'desc' } })
  }
}

@Module({ controllers: [PeriodsController] })
export class AppModule {}
