<?php

declare(strict_types=1);

namespace Sample;

final class Sum
{
    public static function add(int $left, int $right): int
    {
        return $left + $right;
    }
}
