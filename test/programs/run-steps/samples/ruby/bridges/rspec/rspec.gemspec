# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "rspec"
  spec.version = "1.0.0"
  spec.summary = "The rspec of this machine"
  spec.authors = ["Sample"]
  spec.files = ["exe/rspec"]
  spec.bindir = "exe"
  spec.executables = ["rspec"]
end
