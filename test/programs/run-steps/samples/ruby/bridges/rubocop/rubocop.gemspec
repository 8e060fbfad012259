# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "rubocop"
  spec.version = "1.0.0"
  spec.summary = "The rubocop of this machine"
  spec.authors = ["Sample"]
  spec.files = ["exe/rubocop"]
  spec.bindir = "exe"
  spec.executables = ["rubocop"]
end
