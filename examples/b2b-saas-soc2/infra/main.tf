terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "task_definition_arn" { type = string }
variable "subnet_ids" { type = list(string) }

resource "aws_ecs_cluster" "main" {
  name = "ledgerline"
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.main.id
  task_definition = var.task_definition_arn
  desired_count   = 2
  launch_type     = "FARGATE"

  network_configuration {
    subnets = var.subnet_ids
  }
}

resource "aws_db_instance" "main" {
  identifier                  = "ledgerline"
  engine                      = "postgres"
  engine_version              = "17"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 50
  storage_encrypted           = true
  multi_az                    = true
  username                    = "ledgerline"
  manage_master_user_password = true
}
