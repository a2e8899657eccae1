"""Suite robots-wild: a real robots.txt and several questions, answered in order."""

from crawler.politeness.robots import read_robots


def answer(case: dict, base: object) -> dict:
    robots = read_robots(200, case["robots_txt"].encode("utf-8", "surrogatepass"))
    return {
        "allowed": [robots.permits(query["url"], query["user_agent"]).allowed for query in case["queries"]]
    }
