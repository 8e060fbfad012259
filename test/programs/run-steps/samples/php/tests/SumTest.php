<?php

declare(strict_types=1);

namespace Sample\Tests;

use PHPUnit\Framework\TestCase;
use Sample\Sum;

final class SumTest extends TestCase
{
    public function testAdds(): void
    {
        self::assertSame(3, Sum::add(1, 2));
    }
}
